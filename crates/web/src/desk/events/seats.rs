//! How many streams one person may have at once on a node, a window each and no more; and how many of all look at the same time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pishkhan_office::OrganisationId;
use pishkhan_office::ids::StaffId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most for one person. Browsers open six connections to a host of HTTP/1.1, and pages need some of them.
const PER_PERSON: usize = 4;

/// The ids of the organisation and the person.
type Person = (String, String);

/// How many look at the same time: one bell wakes all, and pages must not wait behind them for the database.
const LOOKING: usize = 2;

/// Who has how many.
#[derive(Clone, Debug)]
pub struct Seats {
    taken: Arc<Mutex<HashMap<Person, usize>>>,
    turns: Arc<Semaphore>,
}

impl Default for Seats {
    fn default() -> Seats {
        Seats { taken: Arc::default(), turns: Arc::new(Semaphore::new(LOOKING)) }
    }
}

/// One of them, until it is dropped.
#[derive(Debug)]
pub struct Seat {
    seats: Seats,
    person: Person,
}

impl Seats {
    /// One more for this person; None when they have all that they may.
    pub fn take(&self, organisation: &OrganisationId, staff: &StaffId) -> Option<Seat> {
        let person = (organisation.0.clone(), staff.to_string());
        let mut taken = self.taken();
        let count = taken.entry(person.clone()).or_default();
        if *count >= PER_PERSON {
            return None;
        }
        *count += 1;
        Some(Seat { seats: self.clone(), person })
    }

    /// Waits for a turn to look, which lasts until it is dropped.
    pub async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // Nobody closes it; without a turn it would only be looked a little earlier.
        self.turns.clone().acquire_owned().await.ok()
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Person, usize>> {
        // Nothing panics while it holds the lock.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        if let Some(count) = taken.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.person);
            }
        }
    }
}
