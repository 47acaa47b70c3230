//! The SQL of staff, their posts and their recovery codes.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::accounts::password::PasswordHash;
use crate::accounts::staff::{Member, NewPost};
use crate::actor::{Post, Role, Staff};
use crate::ids::{PostId, StaffId, UnitId};
use crate::letters::Classification;

/// What a member of staff signs in with.
pub(in crate::accounts) struct Credentials {
    pub staff: StaffId,
    pub password_hash: PasswordHash,
}

pub(in crate::accounts) async fn insert(tx: &mut Tx, id: &StaffId, email: &str, name: &str) -> Result<()> {
    query("insert into staff (organisation_id, id, email, name, totp_step, created_at) values ($1, $2, $3, $4, 0, $5)")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(email)
        .bind(name)
        .bind(tx.now().0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn find(tx: &mut Tx, id: &StaffId) -> Result<Option<Member>> {
    let rows = query(
        "select s.id, s.email, s.name, s.clearance, s.keys_off_at, s.password_hash, s.created_at, s.disabled_at,
                p.id as post_id, p.unit_id, p.title, p.role
         from staff s left join posts p
             on p.organisation_id = s.organisation_id and p.staff_id = s.id and p.ended_at is null
         where s.organisation_id = $1 and s.id = $2 order by p.id",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .fetch_all(tx.connection())
    .await?;
    Ok(members(&rows)?.pop())
}

pub(in crate::accounts) async fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<Member>> {
    let rows = query(
        "select s.id, s.email, s.name, s.clearance, s.keys_off_at, s.password_hash, s.created_at, s.disabled_at,
                p.id as post_id, p.unit_id, p.title, p.role
         from staff s left join posts p
             on p.organisation_id = s.organisation_id and p.staff_id = s.id and p.ended_at is null
         where s.organisation_id = $1 and s.email = $2 order by p.id",
    )
    .bind(tx.organisation().as_str())
    .bind(email)
    .fetch_all(tx.connection())
    .await?;
    Ok(members(&rows)?.pop())
}

pub(in crate::accounts) async fn list(tx: &mut Tx) -> Result<Vec<Member>> {
    let rows = query(
        "select s.id, s.email, s.name, s.clearance, s.keys_off_at, s.password_hash, s.created_at, s.disabled_at,
                p.id as post_id, p.unit_id, p.title, p.role
         from staff s left join posts p
             on p.organisation_id = s.organisation_id and p.staff_id = s.id and p.ended_at is null
         where s.organisation_id = $1 order by s.name, s.id, p.id",
    )
    .bind(tx.organisation().as_str())
    .fetch_all(tx.connection())
    .await?;
    members(&rows)
}

/// With what the person of this address signs in; none too when they are disabled or haven't set it up.
pub(in crate::accounts) async fn credentials(tx: &mut Tx, email: &str) -> Result<Option<Credentials>> {
    let row = query(
        "select id, password_hash from staff
         where organisation_id = $1 and email = $2 and disabled_at is null
           and password_hash is not null and totp_secret is not null",
    )
    .bind(tx.organisation().as_str())
    .bind(email)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Credentials {
        staff: StaffId::stored(row.try_get("id")?),
        password_hash: PasswordHash::stored(row.try_get("password_hash")?),
    }))
}

pub(in crate::accounts) async fn update(tx: &mut Tx, id: &StaffId, email: &str, name: &str) -> Result<bool> {
    let done = query("update staff set email = $3, name = $4 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(email)
        .bind(name)
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets what the person signs in with; false when there is no such person, or they are disabled.
pub(in crate::accounts) async fn set_credentials(
    tx: &mut Tx,
    id: &StaffId,
    password_hash: &PasswordHash,
    totp_secret: &str,
    totp_step: i64,
) -> Result<bool> {
    let done = query(
        "update staff set password_hash = $3, totp_secret = $4, totp_step = $5
         where organisation_id = $1 and id = $2 and disabled_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .bind(password_hash.as_str())
    .bind(totp_secret)
    .bind(totp_step)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn clear_credentials(tx: &mut Tx, id: &StaffId) -> Result<()> {
    query(
        "update staff set password_hash = null, totp_secret = null, totp_step = 0
         where organisation_id = $1 and id = $2",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Uses a time step up; false when it, or a later one, was used before.
pub(in crate::accounts) async fn use_totp_step(tx: &mut Tx, id: &StaffId, step: i64) -> Result<bool> {
    let done = query(
        "update staff set totp_step = $3
         where organisation_id = $1 and id = $2 and totp_step < $3 and disabled_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .bind(step)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn set_disabled(tx: &mut Tx, id: &StaffId, since: Option<Moment>) -> Result<bool> {
    let done = query("update staff set disabled_at = $3 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(since.map(|moment| moment.0))
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn set_keys_off(tx: &mut Tx, id: &StaffId, since: Option<Moment>) -> Result<bool> {
    let done = query("update staff set keys_off_at = $3 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(since.map(|moment| moment.0))
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn insert_post(tx: &mut Tx, id: &PostId, staff: &StaffId, post: &NewPost) -> Result<()> {
    query("insert into posts (organisation_id, id, staff_id, unit_id, title, role) values ($1, $2, $3, $4, $5, $6)")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(staff.as_str())
        .bind(post.unit.as_ref().map_or("", UnitId::as_str))
        .bind(&post.title)
        .bind(post.role.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn end_post(tx: &mut Tx, staff: &StaffId, post: &PostId) -> Result<bool> {
    let done = query(
        "update posts set ended_at = $4
         where organisation_id = $1 and staff_id = $2 and id = $3 and ended_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(staff.as_str())
    .bind(post.as_str())
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn insert_recovery_code(tx: &mut Tx, staff: &StaffId, code_hash: &str) -> Result<()> {
    query("insert into recovery_codes (organisation_id, staff_id, code_hash) values ($1, $2, $3)")
        .bind(tx.organisation().as_str())
        .bind(staff.as_str())
        .bind(code_hash)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn use_recovery_code(tx: &mut Tx, staff: &StaffId, code_hash: &str) -> Result<bool> {
    let done = query(
        "update recovery_codes set used_at = $4
         where organisation_id = $1 and staff_id = $2 and code_hash = $3 and used_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(staff.as_str())
    .bind(code_hash)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn delete_recovery_codes(tx: &mut Tx, staff: &StaffId) -> Result<()> {
    query("delete from recovery_codes where organisation_id = $1 and staff_id = $2")
        .bind(tx.organisation().as_str())
        .bind(staff.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Rows of persons with one post each, or none, as persons with their posts; the rows of one person follow each other.
fn members(rows: &[AnyRow]) -> Result<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    for row in rows {
        let id = StaffId::stored(row.try_get("id")?);
        if members.last().is_none_or(|member| member.staff.id != id) {
            let staff = Staff {
                id,
                email: row.try_get("email")?,
                name: row.try_get("name")?,
                clearance: clearance(row)?,
                has_keys: row.try_get::<Option<i64>, _>("keys_off_at")?.is_none(),
                posts: Vec::new(),
            };
            members.push(Member {
                staff,
                has_password: row.try_get::<Option<String>, _>("password_hash")?.is_some(),
                created_at: Moment(row.try_get("created_at")?),
                disabled_at: row.try_get::<Option<i64>, _>("disabled_at")?.map(Moment),
            });
        }
        if let (Some(member), Some(id)) = (members.last_mut(), row.try_get::<Option<String>, _>("post_id")?) {
            member.staff.posts.push(post(row, &id)?);
        }
    }
    Ok(members)
}

fn post(row: &AnyRow, id: &str) -> Result<Post> {
    let unit: String = row.try_get("unit_id")?;
    Ok(Post {
        id: PostId::stored(id),
        unit: (!unit.is_empty()).then(|| UnitId::stored(&unit)),
        title: row.try_get("title")?,
        role: Role::parse(row.try_get("role")?).ok_or(StoreError::Unreadable("role"))?,
    })
}

pub(super) fn clearance(row: &AnyRow) -> Result<Classification> {
    Classification::of_level(row.try_get("clearance")?).ok_or(StoreError::Unreadable("clearance"))
}

pub(in crate::accounts) async fn set_clearance(tx: &mut Tx, id: &StaffId, clearance: Classification) -> Result<bool> {
    let done = query("update staff set clearance = $3 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(clearance.level())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}
