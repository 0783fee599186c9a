//! Events in columns: one array per field, strings interned, the text left where it is.

mod symbols;

use rustc_hash::FxHashMap;

pub use symbols::{Symbol, Symbols};

/// How grave a record says it is, by oslo.log's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
#[expect(missing_docs, reason = "the levels' own names")]
pub enum Level {
    /// The record names no level.
    #[default]
    Unknown,
    Trace,
    Debug,
    Info,
    Audit,
    Warning,
    Error,
    Critical,
}

impl Level {
    /// The level's name as oslo.log writes it; none where the record names none.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Unknown => return None,
            Self::Trace => "TRACE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Audit => "AUDIT",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
            Self::Critical => "CRITICAL",
        })
    }

    /// Whether the record reports an error.
    #[must_use]
    pub fn is_error(self) -> bool {
        matches!(self, Self::Error | Self::Critical)
    }
}

/// A moment without a known time.
pub const NO_TIME: i64 = i64::MIN;
/// No zone in the log.
pub const NO_ZONE: i16 = i16::MIN;

/// Whether a time can be true: a clock that was not set yet counts from 1970, and a garbled one can say anything.
#[must_use]
pub fn is_plausible(time: i64) -> bool {
    const YEARS_2010_TO_2099: std::ops::Range<i64> = 1_262_304_000_000_000..4_102_444_800_000_000;
    YEARS_2010_TO_2099.contains(&time)
}

/// The first and the last of the times that can be true.
#[must_use]
pub fn span(times: impl Iterator<Item = i64>) -> Option<(i64, i64)> {
    times.filter(|t| is_plausible(*t)).fold(None, |span, t| Some(span.map_or((t, t), |(a, z): (i64, i64)| (a.min(t), z.max(t)))))
}

/// Where a time stands among others: one that is not known comes last, since nothing can follow from it.
#[must_use]
pub fn in_order(time: i64) -> i64 {
    if time == NO_TIME { i64::MAX } else { time }
}

/// How a message stands in its file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Form {
    /// As it is.
    #[default]
    Plain,
    /// As a JSON string: escaped, and closed by a quote.
    Json,
    /// As a field of a CSV file, whose quotes are doubled where it is in quotes.
    Csv,
}

/// Where events come from. Thousands of events share one, so that an event names it by a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Origin {
    /// Index into [`crate::ingest::Ingested::files`].
    pub file: u32,
    /// Logger: `nova.compute.manager`.
    pub logger: Symbol,
    /// Process name: `nova-compute`.
    pub service: Symbol,
    /// Host name.
    pub host: Symbol,
    /// Minutes east of UTC where the log says; [`NO_ZONE`].
    pub zone: i16,
    /// How the message stands in the text.
    pub form: Form,
}

/// The origins of events, each kept once; number 0 says nothing.
#[derive(Debug)]
pub struct Origins {
    list: Vec<Origin>,
    ids: FxHashMap<Origin, u32>,
}

impl Default for Origins {
    fn default() -> Self {
        let none = Origin { zone: NO_ZONE, ..Origin::default() };
        Self { list: vec![none], ids: std::iter::once((none, 0)).collect() }
    }
}

impl Origins {
    /// The number of an origin, made where it is new.
    pub fn intern(&mut self, origin: Origin) -> u32 {
        *self.ids.entry(origin).or_insert_with(|| {
            self.list.push(origin);
            self.list.len() as u32 - 1
        })
    }

    /// All of them, in the order of their numbers.
    #[must_use]
    pub fn list(&self) -> &[Origin] {
        &self.list
    }

    /// Replaces each origin by what it shall be; their numbers stay.
    pub fn change(&mut self, change: impl Fn(Origin) -> Origin) {
        self.list.iter_mut().for_each(|o| *o = change(*o));
        self.ids = self.list.iter().enumerate().map(|(n, o)| (*o, n as u32)).collect();
    }
}

/// One record before it goes into its columns.
#[derive(Debug, Clone, Copy, Default)]
pub struct Event {
    /// First byte of the record in its file's text.
    pub offset: u64,
    /// Bytes of the record, a traceback included.
    pub length: u32,
    /// Bytes from `offset` to the message: the header's length.
    pub body: u32,
    /// First line, from 1.
    pub line: u32,
    /// Microseconds since 1970 on the incident's clock, which is the log's own one moved by [`crate::ingest::clock::Clock::shift`];
    /// [`NO_TIME`].
    pub time: i64,
    /// Level.
    pub level: Level,
    /// Process id; 0 where the record names none.
    pub pid: u32,
    /// Where it comes from: a number of [`Origins`].
    pub origin: u32,
    /// Request id: `req-…`.
    pub request: Symbol,
    /// Instance UUID.
    pub instance: Symbol,
}

macro_rules! columns {
    ($($name:ident: $type:ty),* $(,)?) => {
        /// All events, one array per field, in the order of files and lines: 45 bytes an event.
        #[derive(Debug, Default)]
        #[expect(missing_docs, reason = "the fields are those of `Event`")]
        pub struct Events {
            $(pub $name: Vec<$type>,)*
            /// Where the events come from.
            pub origins: Origins,
            /// For requests that name it, the request id that the caller gave.
            pub callers: FxHashMap<Symbol, Symbol>,
        }

        impl Events {
            /// Appends an event.
            pub fn push(&mut self, event: &Event) { $(self.$name.push(event.$name);)* }

            /// The event at an index, gathered from its columns.
            #[must_use]
            pub fn at(&self, n: usize) -> Event { Event { $($name: self.$name[n],)* } }

            /// Appends the events of others from an index on, as they are.
            pub fn extend(&mut self, others: &Self, from: usize) {
                $(self.$name.extend_from_slice(others.$name.get(from..).unwrap_or_default());)*
            }

            /// Keeps the events of which it is said, in their order.
            pub fn keep(&mut self, which: &[bool]) {
                $(
                    let mut kept = which.iter();
                    self.$name.retain(|_| kept.next().copied().unwrap_or_default());
                )*
            }

            /// Gives back the room for more events.
            pub fn shrink(&mut self) { $(self.$name.shrink_to_fit();)* }
        }
    };
}

columns! {
    offset: u64, length: u32, body: u32, line: u32, time: i64, level: Level, pid: u32, origin: u32, request: Symbol, instance: Symbol,
}

impl Events {
    /// Where an event comes from.
    #[must_use]
    pub fn origin_of(&self, n: usize) -> &Origin {
        &self.origins.list[self.origin[n] as usize]
    }

    /// The file of an event.
    #[must_use]
    pub fn file(&self, n: usize) -> u32 {
        self.origin_of(n).file
    }

    /// The logger of an event.
    #[must_use]
    pub fn logger(&self, n: usize) -> Symbol {
        self.origin_of(n).logger
    }

    /// The process of an event.
    #[must_use]
    pub fn service(&self, n: usize) -> Symbol {
        self.origin_of(n).service
    }

    /// The host of an event.
    #[must_use]
    pub fn host(&self, n: usize) -> Symbol {
        self.origin_of(n).host
    }

    /// The request id that the caller of a request gave; none where no event says.
    #[must_use]
    pub fn caller(&self, request: Symbol) -> Symbol {
        if request.is_none() { request } else { self.callers.get(&request).copied().unwrap_or_default() }
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offset.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.offset.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_that_were_not_set_span_nothing() {
        let (a, b) = (1_500_000_000_000_000, 1_500_000_009_000_000);
        assert_eq!(span([4_000_000, b, NO_TIME, a, i64::MAX].into_iter()), Some((a, b)));
        assert_eq!(span([NO_TIME, 0].into_iter()), None);
        assert!(in_order(NO_TIME) > in_order(b));
    }
}
