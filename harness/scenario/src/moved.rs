//! One step of a scenario at another time: the same people, some days earlier or later.

use madoguchi_reference::calendar::Jst;

use crate::faults::Network;
use crate::open::Open;
use crate::scenario::Scenario;

impl Scenario {
    /// Step `index` of this scenario alone and exactly at `at`; what goes wrong around it is
    /// moved by the same time. Messages are instant and all clocks agree, so that nothing slips
    /// over a boundary. People keep their dates. Nothing is demanded of it any more. `None` if
    /// the time of the step is left open or there is no such step.
    pub fn moved(&self, index: usize, at: Jst) -> Option<Self> {
        let mut step = self.timeline.get(index)?.clone();
        let by = at.since(step.at.fixed()?);
        step.at = Open::Fixed(at);
        step.expect.clear();
        let mut moved = self.clone();
        moved.network = Network::Instant;
        moved.timeline = vec![step];
        moved.faults.retain(|fault| fault.clock.is_none());
        for fault in &mut moved.faults {
            if let Some(outage) = &mut fault.outage {
                outage.from = outage.from.plus(by);
                outage.to = outage.to.plus(by);
            }
            if let Some(line) = &mut fault.line {
                line.from = line.from.plus(by);
                line.to = line.to.plus(by);
            }
            if let Some(reader) = &mut fault.reader {
                reader.from = reader.from.plus(by);
                reader.to = reader.to.plus(by);
            }
        }
        for opening in &mut moved.openings {
            opening.from = opening.from.map(|from| from.plus(by));
            opening.to = opening.to.map(|to| to.plus(by));
        }
        Some(moved)
    }
}
