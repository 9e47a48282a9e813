//! The simulated world.
//!
//! A scenario and a seed become a [`Plan`]; a plan becomes a [`World`] of parties, wires,
//! devices and clocks; a driver moves it and leaves a [`Trace`]. A run is a pure function of its
//! plan and the register: nothing here reads a clock or draws entropy of its own.

mod aid;
mod claims;
mod crowd;
mod device;
mod drive;
mod event_loop;
mod institution;
#[cfg(feature = "madsim")]
mod madsim_driver;
mod medical;
mod mishaps;
mod orders;
mod outages;
mod people;
mod plan;
mod procedures;
mod subsidies;
mod tokens;
mod trace;
mod wire;
mod world;

pub use drive::{Driver, EVENTS_MAX, HORIZON, Run, RunError, run};
pub use people::identity;
pub use plan::{Links, PLAN_VERSION, Plan, PlanError, Span};
pub use trace::{Event, Loss, Trace, What};
pub use world::World;
