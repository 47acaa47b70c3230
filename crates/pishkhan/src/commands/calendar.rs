//! `pishkhan calendar`: the days and hours on which an organisation works.

use std::path::Path;

use pishkhan_office::Tx;
use pishkhan_office::deadlines::{self, Closure, Extent, Hours, ValidWeek, Week};
use pishkhan_office::ids::UnitId;
use pishkhan_office::persian::{JalaliDate, TehranDay};
use pishkhan_office::units;

use super::{begin, table, unit};
use crate::cli::{CalendarCommand, DaysText, HalfDays, WeekText, weekday_name};
use crate::failure::Failure;
use crate::settings::Settings;

/// How many wrong lines of a list are told at once.
const TOLD: usize = 20;

pub async fn run(settings: &Settings, command: CalendarCommand) -> Result<String, Failure> {
    match command {
        CalendarCommand::Show { of, unit } => show(settings, &of.organisation, unit.as_deref()).await,
        CalendarCommand::Week { of, from, week } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let unit = unit_of(&mut tx, week.unit.as_deref()).await?;
            let first = from.day_in_tehran().ok_or_else(|| Failure::Input("that is no date".into()))?;
            let before = deadlines::week_on(&mut tx, unit.as_ref(), first).await?;
            let valid = ValidWeek { unit, from, until: week.until, week: changed(before, &week) };
            deadlines::set_week(&mut tx, &valid).await?;
            tx.commit().await?;
            Ok(format!("From {}: {}.\n", from.slashed(), told(&valid.week)))
        }
        CalendarCommand::ForgetWeek { of, from, unit } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let unit = unit_of(&mut tx, unit.as_deref()).await?;
            if !deadlines::forget_week(&mut tx, unit.as_ref(), from).await? {
                let from = from.slashed();
                return Err(Failure::Input(format!("no week begins on {from}; see pishkhan calendar show")));
            }
            tx.commit().await?;
            Ok(format!("Forgot the week that began on {}.\n", from.slashed()))
        }
        CalendarCommand::Import { of, file, unit } => {
            let list = read(&file)?;
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let unit = unit_of(&mut tx, unit.as_deref()).await?;
            let closures: Vec<Closure> = list
                .into_iter()
                .map(|it| Closure { unit: unit.clone(), date: it.date, left: it.left, reason: it.reason })
                .collect();
            deadlines::close(&mut tx, &closures).await?;
            tx.commit().await?;
            Ok(format!("Imported {} days. Deadlines that run already stay as they are.\n", closures.len()))
        }
        CalendarCommand::Close { of, days, half, reason } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let unit = unit_of(&mut tx, days.unit.as_deref()).await?;
            let left = if half { Extent::Half } else { Extent::Off };
            let closures: Vec<Closure> = each_day(&days)?
                .into_iter()
                .map(|date| Closure { unit: unit.clone(), date, left, reason: reason.clone() })
                .collect();
            deadlines::close(&mut tx, &closures).await?;
            tx.commit().await?;
            Ok(format!("Closed {} days. Deadlines that run already stay as they are.\n", closures.len()))
        }
        CalendarCommand::Open { of, days } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let unit = unit_of(&mut tx, days.unit.as_deref()).await?;
            let (from, until) = (days.from, days.until.unwrap_or(days.from));
            let opened = deadlines::open(&mut tx, unit.as_ref(), from, until).await?;
            if opened == 0 {
                return Err(Failure::Input("none of these days is closed; see pishkhan calendar list".into()));
            }
            tx.commit().await?;
            Ok(format!("Opened {opened} days again.\n"))
        }
        CalendarCommand::List { of, year } => list(settings, &of.organisation, year).await,
    }
}

async fn unit_of(tx: &mut Tx, code: Option<&str>) -> Result<Option<UnitId>, Failure> {
    match code {
        Some(code) => Ok(Some(unit::find(tx, code).await?.id)),
        None => Ok(None),
    }
}

/// The week with what was typed in place of what it was.
fn changed(before: Week, typed: &WeekText) -> Week {
    let mut week = before;
    for weekday in before.days_of(Extent::Off).filter(|_| typed.off.is_some()) {
        week = week.with(weekday, Extent::Whole);
    }
    for weekday in before.days_of(Extent::Half).filter(|_| typed.half.is_some()) {
        week = week.with(weekday, Extent::Whole);
    }
    for weekday in typed.half.iter().flat_map(|HalfDays(days)| days) {
        week = week.with(*weekday, Extent::Half);
    }
    for weekday in typed.off.iter().flatten() {
        week = week.with(*weekday, Extent::Off);
    }
    let Hours { opens, closes, half_closes } = before.hours;
    let (opens, closes) = typed.hours.map_or((opens, closes), |it| (it.opens, it.closes));
    week.hours = Hours { opens, closes, half_closes: typed.half_until.unwrap_or(half_closes) };
    week
}

/// Reads the list; what is wrong with it is told line by line, and nothing of it is imported.
fn read(file: &Path) -> Result<Vec<deadlines::Listed>, Failure> {
    let bytes = std::fs::read(file).map_err(Failure::of_file(file))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Input(format!("{} is not text in UTF-8; save it as such", file.display())))?;
    let list = deadlines::read_list(&text).map_err(|faults| {
        let mut told: Vec<String> =
            faults.iter().take(TOLD).map(|it| format!("line {}: {}", it.line, it.why)).collect();
        if faults.len() > TOLD {
            told.push(format!("and {} more", faults.len() - TOLD));
        }
        Failure::Input(format!("nothing was imported; {}", told.join("; ")))
    })?;
    if list.is_empty() {
        return Err(Failure::Input(format!("{} has no days in it", file.display())));
    }
    Ok(list)
}

fn each_day(days: &DaysText) -> Result<Vec<JalaliDate>, Failure> {
    let wrong = |why: &str| Failure::Input(why.into());
    let from = days.from.day_in_tehran().ok_or_else(|| wrong("that is no date"))?;
    let until = days.until.map_or(Some(from), JalaliDate::day_in_tehran).ok_or_else(|| wrong("that is no date"))?;
    match until.since(from) {
        length @ 0..=366 => Ok((0..=length).map(|n| from.plus(n).date()).collect()),
        ..0 => Err(wrong("the last day is before the first")),
        _ => Err(wrong("these are more days than a year has")),
    }
}

async fn show(settings: &Settings, organisation: &str, code: Option<&str>) -> Result<String, Failure> {
    let (mut tx, _) = begin(settings, organisation).await?;
    let unit = unit_of(&mut tx, code).await?;
    let today = TehranDay::of(tx.now().0);
    let week = deadlines::week_on(&mut tx, unit.as_ref(), today).await?;
    let year = today.date().year;
    let closed = match deadlines::count_closures(&mut tx, year).await? {
        0 => format!("No day of {year} is closed: see pishkhan calendar import --help."),
        days => format!("{days} days of {year} are closed."),
    };
    let units = units::list(&mut tx).await?;
    let rows = deadlines::weeks(&mut tx).await?.into_iter().map(|it| {
        let code =
            units.iter().find(|unit| Some(&unit.id) == it.unit.as_ref()).map_or("all".into(), |it| it.code.clone());
        [code, it.from.slashed(), it.until.map_or("open".into(), |day| day.slashed()), told(&it.week)]
    });
    let weeks = table(["unit", "from", "until", "week"], rows);
    Ok(format!("Today, {}: {}.\n{closed}\n{weeks}", today.date().slashed(), told(&week)))
}

async fn list(settings: &Settings, organisation: &str, year: Option<i32>) -> Result<String, Failure> {
    let (mut tx, _) = begin(settings, organisation).await?;
    let year = year.unwrap_or(TehranDay::of(tx.now().0).date().year);
    let (first, last) = (JalaliDate { year, month: 1, day: 1 }, JalaliDate { year, month: 12, day: 30 });
    let units = units::list(&mut tx).await?;
    let rows = deadlines::closures(&mut tx, first, last).await?.into_iter().map(|it| {
        let code =
            units.iter().find(|unit| Some(&unit.id) == it.unit.as_ref()).map_or("all".into(), |it| it.code.clone());
        let weekday = it.date.weekday().map(weekday_name).unwrap_or_default();
        let closed = if it.left == Extent::Off { "whole" } else { "half" };
        [it.date.slashed(), weekday, closed.into(), code, it.reason]
    });
    Ok(table(["date", "day", "closed", "unit", "reason"], rows))
}

/// A week in words: `07:30-14:30, half until 12:30 on thursday, off on friday`.
fn told(week: &Week) -> String {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let days = |extent| week.days_of(extent).map(weekday_name).collect::<Vec<_>>().join(" and ");
    let on = |said: &str, days: String| if days.is_empty() { days } else { format!(", {said} on {days}") };
    let half = on(&format!("half until {}", time(week.hours.half_closes)), days(Extent::Half));
    let off = on("off", days(Extent::Off));
    format!("{}-{}{half}{off}", time(week.hours.opens), time(week.hours.closes))
}
