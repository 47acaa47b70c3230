//! Who acts. Whoever holds one of these types holds the right; the web makes them from sessions, never from input.

use std::ops::Deref;

use crate::ids::{PostId, StaffId, UnitId};
use crate::letters::{Above, Classification};
pub use crate::senders::Sender;

/// A person of the organisation, with the posts they hold now.
#[derive(Clone, Debug)]
pub struct Staff {
    pub id: StaffId,
    pub email: String,
    pub name: String,
    /// They see letters of this classification and below.
    pub clearance: Classification,
    /// Whether single keys do something at the desk (WCAG 2.1.4).
    pub has_keys: bool,
    pub posts: Vec<Post>,
}

/// A post in a unit, or in the organisation as a whole, with the role it has.
#[derive(Clone, Debug)]
pub struct Post {
    pub id: PostId,
    /// None: the organisation as a whole, as the secretariat's posts are.
    pub unit: Option<UnitId>,
    pub title: String,
    pub role: Role,
}

/// What a post may do; docs/glossary.md has each in the trade's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Reviewer,
    Officer,
    /// Issues a unit's answers, gives or refers its new letters, and decides objections against the units below it.
    Signer,
    Administrator,
    Auditor,
}

impl Role {
    pub const ALL: [Role; 5] = [Role::Reviewer, Role::Officer, Role::Signer, Role::Administrator, Role::Auditor];

    /// The role's word in tables and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reviewer => "reviewer",
            Role::Officer => "officer",
            Role::Signer => "signer",
            Role::Administrator => "administrator",
            Role::Auditor => "auditor",
        }
    }

    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

impl Staff {
    pub fn has(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role)
    }

    /// Whether this person is an officer of that unit.
    pub fn is_officer_of(&self, unit: &UnitId) -> bool {
        self.posts.iter().any(|post| post.role == Role::Officer && post.unit.as_ref() == Some(unit))
    }

    /// Whether this person signs for that unit.
    pub fn is_signer_of(&self, unit: &UnitId) -> bool {
        self.posts.iter().any(|post| post.role == Role::Signer && post.unit.as_ref() == Some(unit))
    }

    /// Whether they refer letters: officers and signers do, of which units is asked letter by letter.
    pub fn refers(&self) -> bool {
        self.has(Role::Officer) || self.has(Role::Signer)
    }

    /// Whether what was raised so far was raised to this person.
    pub fn is_signer_above(&self, above: &Above) -> bool {
        self.posts.iter().any(|post| {
            post.role == Role::Signer
                && match above {
                    Above::Unit(unit) => post.unit.as_ref() == Some(unit),
                    Above::Organisation => post.unit.is_none(),
                }
        })
    }

    /// This person as a reviewer, if they are one.
    pub fn reviewer(&self) -> Option<Reviewer> {
        self.has(Role::Reviewer).then(|| Reviewer(self.clone()))
    }

    /// This person as an officer, if they are one; of which units is asked letter by letter.
    pub fn officer(&self) -> Option<Officer> {
        self.has(Role::Officer).then(|| Officer(self.clone()))
    }

    /// This person as a signer, if they are one; of which units is asked letter by letter.
    pub fn signer(&self) -> Option<Signer> {
        self.has(Role::Signer).then(|| Signer(self.clone()))
    }

    /// This person as an administrator, if they are one.
    pub fn administrator(&self) -> Option<Administrator> {
        self.has(Role::Administrator).then(|| Administrator(self.clone()))
    }
}

/// A person who may register, return, reject and redirect.
#[derive(Clone, Debug)]
pub struct Reviewer(Staff);

/// A person who may take, refer, ask about and answer letters of their units.
#[derive(Clone, Debug)]
pub struct Officer(Staff);

/// A person who may issue answers of their units, hand their letters over, and decide objections that were raised to them.
#[derive(Clone, Debug)]
pub struct Signer(Staff);

/// A person who may reopen what is closed.
#[derive(Clone, Debug)]
pub struct Administrator(Staff);

impl Deref for Reviewer {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.0
    }
}

impl Deref for Officer {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.0
    }
}

impl Deref for Signer {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.0
    }
}

impl Deref for Administrator {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.0
    }
}
