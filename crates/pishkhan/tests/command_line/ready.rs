//! What an operator lays ready for staff, typed.

use super::{command, done, folder, refused};

#[test]
fn texts_and_papers_are_added_listed_and_archived() {
    let data = folder("ready");
    done(&data, "org add one --name یک --url https://one.example.ir");
    done(&data, "org add two --name دو --url https://two.example.ir");
    done(&data, "register add --org one --name incoming --template {n}");
    done(&data, "unit add --org one --code ش --name شکایات");

    let told = done(&data, "paper add --org one --unit ش --name سند --name-english Deed");
    let paper = told.trim().rsplit(": ").next().expect("an id").to_owned();
    let told = done(&data, "text add --org one --kind return --title خوانا --text خوانا‌نیست");
    let text = told.trim().rsplit(": ").next().expect("an id").to_owned();
    let mut two_lines = command(&data, "text add --org one --kind answer --title دو-سطر");
    assert!(two_lines.arg("--text").arg("سلام\nخدانگهدار").status().expect("it runs").success());

    assert_eq!(
        done(&data, "paper list --org one"),
        format!("id\tunit\tname\tname in English\n{paper}\tش\tسند\tDeed\n")
    );
    let texts = done(&data, "text list --org one");
    assert!(texts.contains(&format!("{text}\treturn\tخوانا\tخوانا‌نیست\n")), "{texts}");
    assert!(texts.contains("\tanswer\tدو-سطر\tسلام\n"), "{texts}");
    assert_eq!(done(&data, "text list --org two").lines().count(), 1, "another organisation has none of them");
    let (paper_of_one, text_of_one) = (format!("paper archive {paper}"), format!("text archive {text}"));
    assert!(refused(&data, &format!("{paper_of_one} --org two")).contains("there is no paper"));
    assert!(refused(&data, &format!("{text_of_one} --org two")).contains("there is no text"));

    done(&data, &format!("{paper_of_one} --org one"));
    done(&data, &format!("{text_of_one} --org one"));
    assert_eq!(done(&data, "paper list --org one").lines().count(), 1);
    assert_eq!(done(&data, "text list --org one").lines().count(), 2);
    assert!(refused(&data, &format!("{text_of_one} --org one")).contains("there is no text"), "it is gone already");
}

#[test]
fn what_is_wrong_with_a_text_or_a_paper_is_told() {
    let data = folder("ready-wrong");
    done(&data, "org add one --name یک --url https://one.example.ir");
    done(&data, "register add --org one --name incoming --template {n}");
    done(&data, "unit add --org one --code ش --name شکایات");
    done(&data, "paper add --org one --unit ش --name سند");
    let long = |signs: usize| "م".repeat(signs);
    for (typed, said) in [
        ("paper add --org one --unit ش --name سند".to_owned(), "of that name already"),
        (format!("paper add --org one --unit ش --name {}", long(81)), "1 to 80 characters"),
        ("paper add --org one --unit م --name سند".to_owned(), "there is no unit with the code م"),
        ("paper archive x --org one".to_owned(), "there is no paper x"),
        (
            "text add --org one --kind poem --title t --text t".to_owned(),
            "answer, return, question, interim, referral or note",
        ),
        (format!("text add --org one --kind note --title {} --text t", long(61)), "1 to 60 characters"),
        (format!("text add --org one --kind note --title t --text {}", long(5_001)), "1 to 5,000 characters"),
        ("text archive x --org one".to_owned(), "there is no text x"),
    ] {
        let line = refused(&data, &typed);
        assert!(line.contains(said), "{typed}: {line}");
    }
}
