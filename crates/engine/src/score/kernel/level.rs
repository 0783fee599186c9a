//! Which instructions the machine has.

/// The widest vector instructions that may be used. It can only be made where the machine has them, which is what makes it safe
/// to call the functions compiled for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Kind {
    /// The slowest first.
    const ALL: &[Self] = &[
        Self::Portable,
        #[cfg(target_arch = "x86_64")]
        Self::Avx2,
        #[cfg(target_arch = "x86_64")]
        Self::Avx512,
    ];

    fn present(self) -> bool {
        match self {
            Self::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => Self::Avx2.present() && is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl"),
        }
    }
}

impl Level {
    /// The best that this machine has.
    #[must_use]
    pub fn best() -> Self {
        Self::all().pop().unwrap_or(Self(Kind::Portable))
    }

    /// All that this machine has, the slowest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        Kind::ALL.iter().copied().filter(|kind| kind.present()).map(Self).collect()
    }

    pub(super) fn kind(self) -> Kind {
        self.0
    }
}
