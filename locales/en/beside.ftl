# Beside a letter: its classification, what it is related to, what looks alike.

classification-title = Classification
classification-normal = Normal
classification-confidential = Confidential
classification-very-confidential = Very confidential
classification-change = Change
classification-change-title = Change the classification
classification-lead = Only people with clearance for it see the letter.
classification-above = This classification is above your own clearance; you would not see the letter any more.
classification-not-cleared = The letter is with { $name }, who has no clearance for a confidential letter; give it to somebody else first.
classification-go = Set the classification
mobile-show = Show the whole number (recorded)
relation-title = Related letters
relation-how = This letter, to the other one
relation-duplicate = Is the same again
relation-follows = Goes on from it
relation-followed = Goes on from this one
relation-replies = Answers it
relation-replied = Answers this one
relation-go = Link them
relation-remove = Remove the link
alike-title = Letters that look alike
alike-compare = Compare two letters
alike-file = same file
alike-text = same text
alike-subject = same sender and subject
