//! Who acts. Whoever holds one of these types holds the right; the web makes them from sessions, never from input.

use std::ops::Deref;

use crate::ids::{PostId, StaffId, UnitId};
pub use crate::senders::Sender;

/// A person of the organisation, with the posts they hold now.
#[derive(Clone, Debug)]
pub struct Staff {
    pub id: StaffId,
    pub email: String,
    pub name: String,
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
    Administrator,
    Auditor,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Reviewer, Role::Officer, Role::Administrator, Role::Auditor];

    /// The role's word in tables and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reviewer => "reviewer",
            Role::Officer => "officer",
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

    /// This person as a reviewer, if they are one.
    pub fn reviewer(&self) -> Option<Reviewer> {
        self.has(Role::Reviewer).then(|| Reviewer(self.clone()))
    }

    /// This person as an officer, if they are one; of which units is asked letter by letter.
    pub fn officer(&self) -> Option<Officer> {
        self.has(Role::Officer).then(|| Officer(self.clone()))
    }
}

/// A person who may register, reject and redirect.
#[derive(Clone, Debug)]
pub struct Reviewer(Staff);

/// A person who may take, answer and close letters of their units.
#[derive(Clone, Debug)]
pub struct Officer(Staff);

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
