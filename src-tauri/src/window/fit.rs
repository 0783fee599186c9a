//! Where a window can stand on the screens that are there now.

use settings::window::Place;

/// The size of a window that was never seen before, in pixels of the page.
const FIRST: (u32, u32) = (1280, 800);

/// The smallest size, as in the configuration of the window.
const SMALLEST: (u32, u32) = (720, 480);

/// Room for a window's title, in pixels of the page.
const TITLE: u32 = 40;

/// How much of the title must be on a screen for a hand to grasp, in pixels of the page: its width and height.
const GRASP: (f64, f64) = (96.0, 16.0);

/// The part of a screen that windows may use, in the screen's own pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// Its left edge among all screens.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Its own pixels for each pixel of the page.
    pub scale: f64,
}

/// A window's place in the screen's own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fitted {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// The width of the page.
    pub width: u32,
    /// The height of the page.
    pub height: u32,
}

/// Where a window goes that stood at `place` when it was last seen, or that was never seen; none where no screen is known.
///
/// It is no larger than its screen. What is not on any screen any more goes into the middle of the first.
pub fn fit(place: Option<&Place>, screens: &[Screen]) -> Option<Fitted> {
    let first = screens.first()?;
    let seen = place.and_then(|place| Some((place, screens.iter().find(|screen| is_in_reach(place, screen))?)));
    let screen = seen.map_or(first, |(_, screen)| screen);
    let (width, height) = place.map_or(FIRST, |place| (place.width, place.height));
    let width = scaled(width.max(SMALLEST.0), screen).min(screen.width);
    let height = scaled(height.max(SMALLEST.1), screen).min(screen.height.saturating_sub(scaled(TITLE, screen)));
    let (right, low) = (screen.width.saturating_sub(width).cast_signed(), screen.height.saturating_sub(height).cast_signed());
    let (x, y) = match seen {
        // A window that hangs over an edge, as the user left it, stays so.
        Some((place, _)) => (place.x, place.y.clamp(screen.y, screen.y + low)),
        None => (screen.x + right / 2, screen.y + low / 2),
    };
    Some(Fitted { x, y, width, height })
}

/// Whether a hand can grasp the window's title on the screen.
fn is_in_reach(place: &Place, screen: &Screen) -> bool {
    let width = f64::from(place.width) * screen.scale;
    let shared = |from: i32, length: f64, edge: i32, room: u32| {
        let (from, edge) = (f64::from(from), f64::from(edge));
        (from + length).min(edge + f64::from(room)) - from.max(edge)
    };
    shared(place.x, width, screen.x, screen.width) >= GRASP.0 * screen.scale
        && shared(place.y, f64::from(TITLE) * screen.scale, screen.y, screen.height) >= GRASP.1 * screen.scale
}

fn scaled(length: u32, screen: &Screen) -> u32 {
    (f64::from(length) * screen.scale).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Screen = Screen { x: 0, y: 0, width: 1920, height: 1080, scale: 1.0 };
    /// To the left of the first, twice as fine, and under a panel.
    const FINE: Screen = Screen { x: -3840, y: 60, width: 3840, height: 2100, scale: 2.0 };

    fn place(x: i32, y: i32, width: u32, height: u32) -> Place {
        Place { x, y, width, height, maximized: false }
    }

    fn check(place: Option<Place>, screens: &[Screen], [x, y]: [i32; 2], [width, height]: [u32; 2]) {
        let expected = Some(Fitted { x, y, width, height });
        assert_eq!(fit(place.as_ref(), screens), expected, "{place:?} on {screens:?}");
    }

    #[test]
    fn the_first_start_is_in_the_middle() {
        check(None, &[SCREEN], [320, 140], [1280, 800]);
        check(None, &[FINE, SCREEN], [-3200, 310], [2560, 1600]);
        assert_eq!(fit(None, &[]), None, "nothing is known of the screens");
    }

    #[test]
    fn a_window_stands_where_it_stood() {
        check(Some(place(100, 50, 1000, 700)), &[SCREEN, FINE], [100, 50], [1000, 700]);
        check(Some(place(-3000, 100, 1000, 700)), &[SCREEN, FINE], [-3000, 100], [2000, 1400]);
        check(Some(place(1500, 50, 1000, 700)), &[SCREEN], [1500, 50], [1000, 700]);
    }

    #[test]
    fn a_screen_that_is_gone_leaves_its_windows_to_the_first() {
        check(Some(place(-3000, 100, 1000, 700)), &[SCREEN], [460, 190], [1000, 700]);
        check(Some(place(1900, 50, 1000, 700)), &[SCREEN], [460, 190], [1000, 700]);
        check(Some(place(100, 1070, 1000, 700)), &[SCREEN], [460, 190], [1000, 700]);
    }

    #[test]
    fn a_window_is_no_larger_than_its_screen_and_its_title_is_on_it() {
        let small = Screen { width: 1024, height: 768, ..SCREEN };
        check(Some(place(0, 0, 1800, 1000)), &[small], [0, 0], [1024, 728]);
        check(None, &[small], [0, 20], [1024, 728]);
        check(Some(place(-100, -20, 1000, 700)), &[SCREEN], [-100, 0], [1000, 700]);
        check(Some(place(50, 500, 1000, 700)), &[SCREEN], [50, 380], [1000, 700]);
    }

    #[test]
    fn a_size_that_no_window_can_have_is_corrected() {
        check(Some(place(0, 0, 0, 0)), &[SCREEN], [600, 300], [720, 480]);
        check(Some(place(i32::MAX, i32::MIN, u32::MAX, u32::MAX)), &[SCREEN], [0, 20], [1920, 1040]);
    }
}
