//! `pishkhan staff`: inviting people, changing what they may do, and letting them go.

use pishkhan_office::Tx;
use pishkhan_office::accounts::InvitationToken;
use pishkhan_office::accounts::staff::{self, Member, NewPost, StaffError};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::PostId;
use pishkhan_office::letters::Classification;
use pishkhan_office::organisations::Organisation;
use pishkhan_office::units;
use pishkhan_web::links;

use super::{begin, table, unit};
use crate::cli::{Post, StaffCommand};
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: &Settings, command: StaffCommand) -> Result<String, Failure> {
    match command {
        StaffCommand::Invite { of, email, name, post } => {
            let (mut tx, organisation) = begin(settings, &of.organisation).await?;
            let posts = [new_post(&mut tx, post).await?];
            let (_, token) = staff::invite(&mut tx, &email, &name, &posts).await?;
            tx.commit().await?;
            Ok(invitation(&organisation, &email, &token))
        }
        StaffCommand::Change { of, person, name, email } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let before = find(&mut tx, &person).await?.staff;
            let (email, name) = (email.unwrap_or(before.email), name.unwrap_or(before.name));
            staff::change(&mut tx, &before.id, &email, &name).await?;
            let after = staff::find(&mut tx, &before.id).await?.ok_or(StaffError::Unknown)?.staff;
            tx.commit().await?;
            Ok(format!("Changed {}, {}.\n", after.email, after.name))
        }
        StaffCommand::Reset { of, email } => {
            let (mut tx, organisation) = begin(settings, &of.organisation).await?;
            let member = find(&mut tx, &email).await?;
            let token = staff::reset(&mut tx, &member.staff.id).await?;
            tx.commit().await?;
            Ok(invitation(&organisation, &email, &token))
        }
        StaffCommand::Clear { of, email, clearance } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let member = find(&mut tx, &email).await?;
            let level = Classification::parse(&clearance).ok_or_else(|| {
                Failure::Input(format!(
                    "{clearance} is no classification; say normal, confidential or very_confidential"
                ))
            })?;
            staff::clear(&mut tx, &member.staff.id, level).await?;
            tx.commit().await?;
            Ok(format!("{} now sees letters up to {}.\n", member.staff.email, level.as_str()))
        }
        StaffCommand::Disable { of, email } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let member = find(&mut tx, &email).await?;
            staff::disable(&mut tx, &member.staff.id).await?;
            tx.commit().await?;
            Ok(format!("Disabled {}; their sessions have ended.\n", member.staff.email))
        }
        StaffCommand::Enable { of, email } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let member = find(&mut tx, &email).await?;
            staff::enable(&mut tx, &member.staff.id).await?;
            tx.commit().await?;
            Ok(format!("Enabled {}.\n", member.staff.email))
        }
        StaffCommand::AddPost { of, email, post } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let member = find(&mut tx, &email).await?;
            let post = new_post(&mut tx, post).await?;
            let id = staff::add_post(&mut tx, &member.staff.id, &post).await?;
            tx.commit().await?;
            Ok(format!("Added the post {id} of {}.\n", member.staff.email))
        }
        StaffCommand::EndPost { of, email, post } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let member = find(&mut tx, &email).await?;
            let held = PostId::parse(&post).filter(|id| member.staff.posts.iter().any(|post| post.id == *id));
            let held =
                held.ok_or_else(|| Failure::Input(format!("{email} holds no post {post}; see pishkhan staff list")))?;
            staff::end_post(&mut tx, &member.staff.id, &held).await?;
            tx.commit().await?;
            Ok(format!("Ended the post {post} of {}.\n", member.staff.email))
        }
        StaffCommand::List { of } => list(settings, &of.organisation).await,
    }
}

async fn find(tx: &mut Tx, email: &str) -> Result<Member, Failure> {
    let member = staff::find_by_email(tx, email).await?;
    member.ok_or_else(|| Failure::Input(format!("there is nobody with the address {email}; see pishkhan staff list")))
}

async fn new_post(tx: &mut Tx, post: Post) -> Result<NewPost, Failure> {
    if post.role == Role::Officer && post.unit.is_none() {
        return Err(Failure::Input("an officer works in a unit: name it by --unit CODE".into()));
    }
    let unit = match post.unit {
        Some(code) => Some(unit::find(tx, &code).await?.id),
        None => None,
    };
    Ok(NewPost { unit, title: post.title, role: post.role })
}

fn invitation(organisation: &Organisation, email: &str, token: &InvitationToken) -> String {
    let link = links::desk_invitation(token.as_str());
    format!(
        "{}{link}\nHand this link to {email} in confidence: it works once, for two days, and sets password and second factor.\n",
        organisation.base_url
    )
}

async fn list(settings: &Settings, organisation: &str) -> Result<String, Failure> {
    let (mut tx, _) = begin(settings, organisation).await?;
    let units = units::list(&mut tx).await?;
    let code_of = |post: &pishkhan_office::actor::Post| {
        units.iter().find(|unit| post.unit.as_ref() == Some(&unit.id)).map_or(String::new(), |unit| unit.code.clone())
    };
    let mut rows = Vec::new();
    for member in staff::list(&mut tx).await? {
        let state = match (member.disabled_at, member.has_password) {
            (Some(_), _) => "disabled",
            (None, true) => "active",
            (None, false) => "invited",
        };
        let about = |role: String, unit: String, title: String, id: String| {
            [member.staff.email.clone(), member.staff.name.clone(), state.to_owned(), role, unit, title, id]
        };
        if member.staff.posts.is_empty() {
            rows.push(about(String::new(), String::new(), String::new(), String::new()));
        }
        for post in &member.staff.posts {
            rows.push(about(post.role.as_str().to_owned(), code_of(post), post.title.clone(), post.id.to_string()));
        }
    }
    Ok(table(["e-mail", "name", "state", "role", "unit", "title", "post"], rows))
}
