//! The SQL of referrals.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::referral::End;
use super::{Ending, Person, Purpose, Referral, To};
use crate::actor::{Role, Staff};
use crate::ids::{LetterId, ReferralId, StaffId, UnitId};
use crate::letters::Classification;

/// How many units somebody referred to lately are offered first.
const RECENT: i64 = 5;

/// The referrals of a letter, oldest first. The caller has found the letter as this member of staff may see it.
pub async fn of_letter(tx: &mut Tx, letter: &LetterId) -> Result<Vec<Referral>> {
    let organisation = tx.organisation().0.clone();
    query("select * from referrals where organisation_id = $1 and letter_id = $2 order by at, hop, id")
        .bind(organisation)
        .bind(letter.as_str())
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(referral)
        .collect()
}

/// Everybody to whom something can be referred, by name, once in each of their units.
pub async fn people(tx: &mut Tx) -> Result<Vec<Person>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select p.staff_id, p.unit_id, p.title, p.role, s.name, s.clearance
         from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
         where p.organisation_id = $1 and p.ended_at is null and p.unit_id <> '' and p.role in ('officer', 'signer')
           and s.disabled_at is null
         order by s.name, s.id, p.unit_id, p.role",
    )
    .bind(organisation)
    .fetch_all(tx.connection())
    .await?;
    let mut people: Vec<Person> = Vec::new();
    for row in &rows {
        let (id, unit): (String, String) = (row.try_get("staff_id")?, row.try_get("unit_id")?);
        let (id, unit) = (StaffId::stored(&id), UnitId::stored(&unit));
        // Their post of an officer comes first, by the order of the words.
        if people.last().is_some_and(|last| last.id == id && last.unit == unit) {
            continue;
        }
        let role: String = row.try_get("role")?;
        let (name, title) = (row.try_get("name")?, row.try_get("title")?);
        let is_officer = role == Role::Officer.as_str();
        let clearance = Classification::of_level(row.try_get("clearance")?);
        let clearance = clearance.ok_or(StoreError::Unreadable("clearance"))?;
        people.push(Person { id, unit, name, title, is_officer, clearance });
    }
    Ok(people)
}

/// The names of everybody who stands in a letter's referrals.
pub async fn names(tx: &mut Tx, letter: &LetterId) -> Result<Vec<(StaffId, String)>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select distinct s.id, s.name
         from referrals r join staff s on s.organisation_id = r.organisation_id
           and s.id in (r.from_staff_id, r.to_staff_id, r.read_by, r.done_by)
         where r.organisation_id = $1 and r.letter_id = $2",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| Ok((StaffId::stored(row.try_get("id")?), row.try_get("name")?))).collect()
}

/// The units to which this person has referred lately, the latest first.
pub async fn recent_units(tx: &mut Tx, staff: &Staff) -> Result<Vec<UnitId>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select to_unit_id, max(at) as latest from referrals where organisation_id = $1 and from_staff_id = $2
         group by to_unit_id order by latest desc, to_unit_id limit $3",
    )
    .bind(organisation)
    .bind(staff.id.as_str())
    .bind(RECENT)
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| Ok(UnitId::stored(row.try_get("to_unit_id")?))).collect()
}

/// Keeps a referral; whoever it is to sees the letter from then on.
pub(crate) async fn insert(tx: &mut Tx, referral: &Referral) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into referrals (organisation_id, id, letter_id, parent_id, hop, from_unit_id, from_staff_id, to_unit_id,
                                to_staff_id, purpose, text, due_at, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(organisation)
    .bind(referral.id.as_str())
    .bind(referral.letter.as_str())
    .bind(referral.parent.as_ref().map_or("", ReferralId::as_str))
    .bind(i64::from(referral.hop))
    .bind(referral.from_unit.as_str())
    .bind(referral.from_staff.as_str())
    .bind(referral.to.unit.as_str())
    .bind(referral.to.staff.as_ref().map_or("", StaffId::as_str))
    .bind(referral.purpose.as_str())
    .bind(&referral.text)
    .bind(referral.due.map(|due| due.0))
    .bind(referral.at.0)
    .execute(tx.connection())
    .await?;
    note_on_letter(tx, &referral.letter).await
}

/// The letter tells that it was referred, by which it comes into sight.
async fn note_on_letter(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update letters set was_referred = 1 where organisation_id = $1 and id = $2 and was_referred = 0")
        .bind(organisation)
        .bind(letter.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes that this person has read what was referred to them or their units.
pub async fn mark_read(tx: &mut Tx, staff: &Staff, letter: &LetterId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update referrals set read_at = $3, read_by = $4
         where organisation_id = $1 and letter_id = $2 and read_at is null
           and (to_staff_id = $4
                or (to_staff_id = ''
                    and exists (select 1 from posts p
                                where p.organisation_id = $1 and p.staff_id = $4 and p.ended_at is null
                                  and p.unit_id = referrals.to_unit_id and p.role in ('officer', 'signer'))))",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(now)
    .bind(staff.id.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Ends an open referral with a word; false when it had ended before.
pub(crate) async fn close(tx: &mut Tx, id: &ReferralId, by: &StaffId, text: &str, how: Ending) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let done = query(
        "update referrals set done_at = $3, done_by = $4, done_text = $5, sent_back_at = $6, recalled_at = $7
         where organisation_id = $1 and id = $2 and done_at is null",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(now)
    .bind(by.as_str())
    .bind(text)
    .bind((how == Ending::SentBack).then_some(now))
    .bind((how == Ending::Recalled).then_some(now))
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends what nobody has done of a letter that is over: there is nothing to act on and nothing to answer any more. Whoever was only told
/// may read it still.
pub(crate) async fn end_with_letter(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update referrals set done_at = $3
         where organisation_id = $1 and letter_id = $2 and purpose <> 'information' and done_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What ended with the letter at that moment is open again: its end was taken back.
pub(crate) async fn open_with_letter(tx: &mut Tx, letter: &LetterId, ended_at: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update referrals set done_at = null
         where organisation_id = $1 and letter_id = $2 and done_at = $3 and done_by = ''",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(ended_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What this person was asked to answer and can't any more, for want of a post or a clearance: which referrals, of which letters, one
/// letter after the other.
pub(crate) async fn asked_in_vain(tx: &mut Tx, gone: &StaffId) -> Result<Vec<(ReferralId, LetterId)>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select r.id, r.letter_id from referrals r
         where r.organisation_id = $1 and r.to_staff_id = $2 and r.to_staff_id <> '' and r.purpose = 'answer'
           and r.done_at is null
           and not exists (select 1 from posts p
                           join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
                           join letters l on l.organisation_id = p.organisation_id
                           where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                             and p.role in ('officer', 'signer') and p.unit_id = r.to_unit_id
                             and l.id = r.letter_id and s.disabled_at is null and s.clearance >= l.classification)
         order by r.letter_id, r.id",
    )
    .bind(organisation)
    .bind(gone.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok((ReferralId::stored(row.try_get("id")?), LetterId::stored(row.try_get("letter_id")?))))
    .collect()
}

/// Makes the unit's what this person was asked there; false when it ended meanwhile. The letter's row is held by then, as by all acts that
/// end its referrals.
pub(crate) async fn free_asked(tx: &mut Tx, id: &ReferralId, gone: &StaffId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let freed = query(
        "update referrals set to_staff_id = ''
         where organisation_id = $1 and id = $2 and to_staff_id = $3 and done_at is null",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(gone.as_str())
    .execute(tx.connection())
    .await?;
    Ok(freed.rows_affected() == 1)
}

/// The letter is back with those who had referred it on at that moment: theirs is open again, if nothing but that had ended it, or the
/// letter's end. Of what they had done themselves the mark and the word stay.
pub(super) async fn reopen(tx: &mut Tx, id: &ReferralId, referred_on: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update referrals set done_at = null, done_by = ''
         where organisation_id = $1 and id = $2 and sent_back_at is null and (done_at = $3 or done_by = '')",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(referred_on.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn referral(row: &AnyRow) -> Result<Referral> {
    let text = |column: &str| -> Result<String> { Ok(row.try_get(column)?) };
    let maybe = |column: &str| -> Result<Option<Moment>> { Ok(row.try_get::<Option<i64>, _>(column)?.map(Moment)) };
    let person = |id: String| (!id.is_empty()).then(|| StaffId::stored(&id));
    let parent = text("parent_id")?;
    let end = match maybe("done_at")? {
        Some(at) => Some(End {
            at,
            by: person(text("done_by")?),
            text: text("done_text")?,
            how: match (maybe("sent_back_at")?, maybe("recalled_at")?) {
                (Some(_), _) => Ending::SentBack,
                (None, Some(_)) => Ending::Recalled,
                (None, None) => Ending::Done,
            },
        }),
        None => None,
    };
    Ok(Referral {
        id: ReferralId::stored(&text("id")?),
        letter: LetterId::stored(&text("letter_id")?),
        parent: (!parent.is_empty()).then(|| ReferralId::stored(&parent)),
        hop: u32::try_from(row.try_get::<i64, _>("hop")?).map_err(|_| StoreError::Unreadable("hop"))?,
        from_unit: UnitId::stored(&text("from_unit_id")?),
        from_staff: StaffId::stored(&text("from_staff_id")?),
        to: To { unit: UnitId::stored(&text("to_unit_id")?), staff: person(text("to_staff_id")?) },
        purpose: Purpose::parse(&text("purpose")?).ok_or(StoreError::Unreadable("purpose"))?,
        text: text("text")?,
        due: maybe("due_at")?,
        at: Moment(row.try_get("at")?),
        read_at: maybe("read_at")?,
        read_by: person(text("read_by")?),
        end,
    })
}
