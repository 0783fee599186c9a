//! Dates as the services print them, all in UTC.

use std::fmt::Write;

/// A moment, in milliseconds since 1970-01-01 00:00 UTC.
pub(crate) type Millis = u64;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A second, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: u64,
    /// From 1.
    pub(crate) month: u64,
    pub(crate) day: u64,
    pub(crate) hour: u64,
    pub(crate) minute: u64,
    pub(crate) second: u64,
}

impl Date {
    pub(crate) fn of(time: Millis) -> Self {
        let seconds = time / 1_000;
        let (year, month, day) = civil(seconds / 86_400);
        let within = seconds % 86_400;
        Self { year, month, day, hour: within / 3_600, minute: within / 60 % 60, second: within % 60 }
    }

    /// `Mar`
    pub(crate) fn month_name(self) -> &'static str {
        MONTHS[(self.month - 1) as usize]
    }

    /// `2025-03-10 08:00:00`, with any character between the two.
    pub(crate) fn write(self, between: char, out: &mut String) {
        let Self { year, month, day, hour, minute, second } = self;
        // Writing to a string cannot fail.
        let _ = write!(out, "{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}");
    }

    /// `10/Mar/2025 08:00:00`
    pub(crate) fn write_clock(self, out: &mut String) {
        let (month, Self { year, day, hour, minute, second, .. }) = (self.month_name(), self);
        // Writing to a string cannot fail.
        let _ = write!(out, "{day:02}/{month}/{year} {hour:02}:{minute:02}:{second:02}");
    }
}

/// `2025-03-10T08:00:00.123`
pub(crate) fn iso(time: Millis) -> String {
    let mut out = String::with_capacity(23);
    Date::of(time).write('T', &mut out);
    let _ = write!(out, ".{:03}", time % 1_000);
    out
}

/// Year, month and day of a day since 1970-01-01, by eras of 400 years that begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day_of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (millis, expected) in [
            (0, "1970-01-01T00:00:00.000"),
            (951_782_400_000, "2000-02-29T00:00:00.000"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999"),
            (1_741_593_600_123, "2025-03-10T08:00:00.123"),
            (1_767_225_599_000, "2025-12-31T23:59:59.000"),
        ] {
            assert_eq!(iso(millis), expected);
        }
    }
}
