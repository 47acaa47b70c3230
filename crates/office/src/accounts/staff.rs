//! The people of the organisation: inviting, changing and letting go; from the command line and the administrators' pages.

use pishkhan_persian::text::stored_name;
use pishkhan_store::{Moment, StoreError, Tx};

use super::password::PasswordHash;
use super::rows::{holding, invitations, second_factors, staff as rows};
use super::sessions::{self, Holder};
use super::token::InvitationToken;
use super::{invitation, second_factor};
use crate::actor::{Role, Staff};
use crate::ids::{PostId, StaffId, UnitId};
use crate::letters::{self, Classification};

/// A person of the organisation as their administrators see them.
#[derive(Clone, Debug)]
pub struct Member {
    pub staff: Staff,
    /// False until the invitation is accepted.
    pub has_password: bool,
    pub created_at: Moment,
    pub disabled_at: Option<Moment>,
}

/// A post that somebody shall have.
#[derive(Clone, Debug)]
pub struct NewPost {
    /// None: the organisation as a whole.
    pub unit: Option<UnitId>,
    pub title: String,
    pub role: Role,
}

/// Why something can't be done with this person.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    #[error("this is no e-mail address")]
    BadEmail,
    #[error("the name is empty")]
    NoName,
    #[error("somebody with this e-mail address is here already")]
    EmailTaken,
    #[error("this person is disabled; enable them first")]
    Disabled,
    #[error("there is no such person")]
    Unknown,
    #[error(transparent)]
    Store(#[from] StoreError),
}

type Result<T> = std::result::Result<T, StaffError>;

/// Invites a new person, or one who has not accepted yet; earlier invitations of theirs end.
pub async fn invite(tx: &mut Tx, email: &str, name: &str, posts: &[NewPost]) -> Result<(StaffId, InvitationToken)> {
    let (email, name) = (checked_email(email)?, checked_name(name)?);
    let id = match rows::find_by_email(tx, &email).await? {
        Some(member) if member.has_password => return Err(StaffError::EmailTaken),
        Some(member) if member.disabled_at.is_some() => return Err(StaffError::Disabled),
        Some(member) => {
            rows::update(tx, &member.staff.id, &email, &name).await?;
            member.staff.id
        }
        None => insert(tx, &email, &name).await?,
    };
    add_missing_posts(tx, &id, posts).await?;
    let token = new_invitation(tx, &id).await?;
    Ok((id, token))
}

/// Makes a person who can sign in at once; for the demo and for tests.
pub async fn make(
    tx: &mut Tx,
    email: &str,
    name: &str,
    posts: &[NewPost],
    password: &PasswordHash,
    totp_secret: &str,
) -> Result<StaffId> {
    let (email, name) = (checked_email(email)?, checked_name(name)?);
    let id = insert(tx, &email, &name).await?;
    add_missing_posts(tx, &id, posts).await?;
    rows::set_credentials(tx, &id, password, totp_secret, 0).await?;
    Ok(id)
}

/// Takes password and second factor from a person, signs them out everywhere, and invites them again.
pub async fn reset(tx: &mut Tx, id: &StaffId) -> Result<InvitationToken> {
    let member = rows::find(tx, id).await?.ok_or(StaffError::Unknown)?;
    if member.disabled_at.is_some() {
        return Err(StaffError::Disabled);
    }
    rows::clear_credentials(tx, id).await?;
    rows::delete_recovery_codes(tx, id).await?;
    shut_out(tx, id).await?;
    new_invitation(tx, id).await
}

/// Lets nobody in as this person any more, from this moment on. What they had in hand is their units' again, and what they should
/// review is everybody's.
pub async fn disable(tx: &mut Tx, id: &StaffId) -> Result<()> {
    let now = tx.now();
    is_there(rows::set_disabled(tx, id, Some(now)).await?)?;
    letters::free(tx, id).await?;
    shut_out(tx, id).await
}

/// Lets a disabled person in again, with the password that they had.
pub async fn enable(tx: &mut Tx, id: &StaffId) -> Result<()> {
    is_there(rows::set_disabled(tx, id, None).await?)
}

/// Corrects a person's address and name.
pub async fn change(tx: &mut Tx, id: &StaffId, email: &str, name: &str) -> Result<()> {
    let (email, name) = (checked_email(email)?, checked_name(name)?);
    is_there(rows::update(tx, id, &email, &name).await.map_err(taken)?)
}

/// Lets a person see letters of this classification and below; what they had in hand above it is its unit's again.
pub async fn clear(tx: &mut Tx, id: &StaffId, clearance: Classification) -> Result<()> {
    is_there(rows::set_clearance(tx, id, clearance).await?)?;
    Ok(letters::free(tx, id).await?)
}

/// From now on single keys do nothing for this person at the desk (WCAG 2.1.4).
pub async fn switch_keys_off(tx: &mut Tx, id: &StaffId) -> Result<()> {
    let now = tx.now();
    is_there(rows::set_keys_off(tx, id, Some(now)).await?)
}

/// Single keys do what they do for everybody again.
pub async fn switch_keys_on(tx: &mut Tx, id: &StaffId) -> Result<()> {
    is_there(rows::set_keys_off(tx, id, None).await?)
}

/// Gives a person a post; what they may do changes with their next page.
pub async fn add_post(tx: &mut Tx, staff: &StaffId, post: &NewPost) -> Result<PostId> {
    is_there(rows::find(tx, staff).await?.is_some())?;
    let id = PostId::random();
    rows::insert_post(tx, &id, staff, post).await?;
    Ok(id)
}

/// Ends a post of this person; what they had in hand by it is free again.
pub async fn end_post(tx: &mut Tx, staff: &StaffId, post: &PostId) -> Result<()> {
    // Whoever is given a letter at the same moment is held, too: so either they have it by now, or they are not given it any more.
    holding::hold(tx, staff).await?;
    is_there(rows::end_post(tx, staff, post).await?)?;
    Ok(letters::free(tx, staff).await?)
}

/// Holds this person until the end of this work, and answers whether they are an officer of the unit who may see such letters: so nobody
/// gets a letter whose post, account or clearance ends at the same moment.
pub(crate) async fn holds_officer(
    tx: &mut Tx,
    id: &StaffId,
    unit: &UnitId,
    classification: Classification,
) -> std::result::Result<bool, StoreError> {
    holding::hold(tx, id).await?;
    holding::is_officer(tx, id, unit, classification).await
}

/// The person of this id, held until the end of this work: so nobody gets a review whose post, account or clearance ends at the same moment.
pub(crate) async fn find_held(tx: &mut Tx, id: &StaffId) -> std::result::Result<Option<Member>, StoreError> {
    holding::hold(tx, id).await?;
    rows::find(tx, id).await
}

/// All people of the organisation by name, the disabled ones too.
pub async fn list(tx: &mut Tx) -> Result<Vec<Member>> {
    Ok(rows::list(tx).await?)
}

/// The person of this id.
pub async fn find(tx: &mut Tx, id: &StaffId) -> Result<Option<Member>> {
    Ok(rows::find(tx, id).await?)
}

/// That person's name; None for a stranger.
pub async fn name_of(tx: &mut Tx, id: &StaffId) -> std::result::Result<Option<String>, StoreError> {
    Ok(rows::find(tx, id).await?.map(|member| member.staff.name))
}

/// The person of this address, in whatever case it is typed.
pub async fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<Member>> {
    Ok(rows::find_by_email(tx, &normal_email(email)).await?)
}

/// An address as it is stored and compared.
pub(super) fn normal_email(typed: &str) -> String {
    typed.trim().to_lowercase()
}

fn checked_email(typed: &str) -> Result<String> {
    let email = normal_email(typed);
    let is_plain = email.len() <= 254 && email.chars().all(|sign| !sign.is_whitespace() && !sign.is_control());
    let is_address = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && !host.is_empty() && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.')
    });
    if is_plain && is_address { Ok(email) } else { Err(StaffError::BadEmail) }
}

fn checked_name(typed: &str) -> Result<String> {
    let name = stored_name(typed);
    if name.is_empty() { Err(StaffError::NoName) } else { Ok(name) }
}

async fn insert(tx: &mut Tx, email: &str, name: &str) -> Result<StaffId> {
    let id = StaffId::random();
    rows::insert(tx, &id, email, name).await.map_err(taken)?;
    Ok(id)
}

/// Adds the posts that the person doesn't hold yet, so that inviting twice gives none twice.
async fn add_missing_posts(tx: &mut Tx, id: &StaffId, posts: &[NewPost]) -> Result<()> {
    let held = rows::find(tx, id).await?.ok_or(StaffError::Unknown)?.staff.posts;
    for post in posts {
        let is_held =
            held.iter().any(|held| held.role == post.role && held.unit == post.unit && held.title == post.title);
        if !is_held {
            rows::insert_post(tx, &PostId::random(), id, post).await?;
        }
    }
    Ok(())
}

async fn new_invitation(tx: &mut Tx, id: &StaffId) -> Result<InvitationToken> {
    invitations::delete_of(tx, id).await?;
    let token = InvitationToken::random();
    let expires_at = tx.now().plus(invitation::LIFE);
    invitations::insert(tx, &token.hash(), id, &second_factor::new_secret(), expires_at).await?;
    Ok(token)
}

/// Ends whatever the person could come in by without a password.
async fn shut_out(tx: &mut Tx, id: &StaffId) -> Result<()> {
    invitations::delete_of(tx, id).await?;
    second_factors::delete_of(tx, id).await?;
    sessions::end_all(tx, &Holder::Staff(id.clone())).await?;
    Ok(())
}

fn is_there(found: bool) -> Result<()> {
    if found { Ok(()) } else { Err(StaffError::Unknown) }
}

fn taken(error: StoreError) -> StaffError {
    if error.is_taken() { StaffError::EmailTaken } else { StaffError::Store(error) }
}

/// Somebody with a post in the organisation as a whole, for tests of what they see.
#[cfg(test)]
pub(crate) async fn of_the_house(tx: &mut Tx, role: Role) -> Staff {
    let post = NewPost { unit: None, title: String::new(), role };
    let (id, _) = invite(tx, "maryam@example.ir", "Maryam", &[post]).await.expect("they are invited");
    find(tx, &id).await.expect("they are read").expect("they are there").staff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_trimmed_and_small() {
        assert_eq!(checked_email("  Maryam@Example.IR ").expect("an address"), "maryam@example.ir");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for typed in ["", "maryam", "@example.ir", "maryam@", "a@b@c", "a b@example.ir", "a@.ir", "a@ir."] {
            assert!(matches!(checked_email(typed), Err(StaffError::BadEmail)));
        }
    }
}
