//! The working week: how much of each day is worked, and at which hours. Pure.

use pishkhan_persian::{JalaliDate, Weekday};

use crate::ids::UnitId;

/// How much of a day is worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    Off,
    Half,
    Whole,
}

/// When work begins and ends, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub opens: u16,
    /// On a whole day.
    pub closes: u16,
    /// On a half day.
    pub half_closes: u16,
}

/// A working week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// From Saturday to Friday.
    pub days: [Extent; 7],
    pub hours: Hours,
}

/// A working week, for whom it holds, and in which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidWeek {
    /// None: the whole organisation, as far as a unit has none of its own.
    pub unit: Option<UnitId>,
    pub from: JalaliDate,
    /// The last day; None: until another week begins.
    pub until: Option<JalaliDate>,
    pub week: Week,
}

impl Default for Week {
    /// What holds where nobody has said otherwise. Friday is the one day of rest that the law settles; Thursday is off in one office
    /// and worked in the next, so it is half a day, which counts when days are counted: a promise comes rather too early than too late.
    fn default() -> Week {
        let mut days = [Extent::Whole; 7];
        days[place(Weekday::Thursday)] = Extent::Half;
        days[place(Weekday::Friday)] = Extent::Off;
        Week { days, hours: Hours { opens: 7 * 60 + 30, closes: 14 * 60 + 30, half_closes: 12 * 60 + 30 } }
    }
}

impl Week {
    /// How much of this day of the week is worked.
    pub fn extent(&self, weekday: Weekday) -> Extent {
        self.days[place(weekday)]
    }

    /// Says how much of this day of the week is worked.
    #[must_use]
    pub fn with(mut self, weekday: Weekday, extent: Extent) -> Week {
        self.days[place(weekday)] = extent;
        self
    }

    /// The days that are worked to this extent.
    pub fn days_of(&self, extent: Extent) -> impl Iterator<Item = Weekday> {
        Weekday::ALL.into_iter().filter(move |weekday| self.extent(*weekday) == extent)
    }

    /// Whether a deadline can come to an end in it: something is worked, and no hour ends before it begins.
    pub fn is_sound(&self) -> bool {
        let Hours { opens, closes, half_closes } = self.hours;
        opens < half_closes
            && half_closes <= closes
            && closes <= 24 * 60
            && self.days.iter().any(|it| *it != Extent::Off)
    }

    /// The week's days as tables hold them: from Saturday on, `w` worked whole, `h` half, `o` off.
    pub(super) fn signs(&self) -> String {
        let sign = |extent: &Extent| match extent {
            Extent::Off => 'o',
            Extent::Half => 'h',
            Extent::Whole => 'w',
        };
        self.days.iter().map(sign).collect()
    }

    pub(super) fn days_of_signs(signs: &str) -> Option<[Extent; 7]> {
        let extent = |sign: char| match sign {
            'o' => Some(Extent::Off),
            'h' => Some(Extent::Half),
            'w' => Some(Extent::Whole),
            _ => None,
        };
        signs.chars().map(extent).collect::<Option<Vec<_>>>()?.try_into().ok()
    }
}

fn place(weekday: Weekday) -> usize {
    Weekday::ALL.iter().position(|it| *it == weekday).expect("there are seven days")
}
