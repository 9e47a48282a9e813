//! 一時金: a sum paid once, decided by how many persons more used the card in the best month of the
//! campaign than in October 2023, and by the rate of that month (PROG-010…014).

use super::figures::{LumpSums, Revised, Steps};
use super::grant::{Grant, GrantReason, Granted};
use super::support::no_month;
use super::{Application, LumpSum, Schemes};
use crate::fee::{CardUse, Rate, Reasons, Yen};
use crate::lang::Bilingual;

/// Which table counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    Normal,
    Hospital,
    Small,
}

impl Table {
    fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Hospital => "hospital",
            Self::Small => "small",
        }
    }
}

/// Where an institution stands in a table.
struct Cell {
    table: Table,
    /// Row from 0, and where it begins in percent.
    row: usize,
    row_percent: i64,
    /// Column from 0 and where it begins in persons; none below the first.
    column: Option<(usize, i64)>,
    /// It lies to the right of the printed maximum.
    blank: bool,
    /// What April's version pays there.
    yen: Yen,
    /// The top of the table.
    top_yen: Yen,
}

impl Schemes {
    pub(super) fn lump_sum(
        &self,
        told: LumpSum,
        application: &Application,
        reasons: &mut impl Reasons,
    ) -> Grant {
        let Some(scheme) = &self.lump_sum else { return Grant::nothing(GrantReason::NotOpen) };
        if scheme.of_june && scheme.revised.is_none() {
            reasons.because("PROG-014", || {
                let ja = "2024年6月の版は、この日にはまだない";
                Bilingual::new(ja, "there is no version of June 2024 on that day yet")
            });
            return Grant::nothing(GrantReason::NotOpen);
        }
        if let Some(missing) = scheme.missing_condition(told, reasons) {
            return Grant::nothing(missing);
        }
        let Some(base) = application.months.get(&scheme.base) else {
            return no_month(scheme.base, "PROG-010", reasons);
        };
        let (rate, word) = if scheme.by_receipt {
            (base.rate_by_receipt(), Bilingual::new("レセプト件数", "receipt"))
        } else {
            (base.rate_by_count(), Bilingual::new("件数", "count"))
        };
        let Some(rate) = self.base_rate(rate, scheme.base, reasons) else {
            return Grant::nothing(GrantReason::NoBaseMonth);
        };
        reasons.because("PROG-081", || {
            Bilingual::new(
                format!("{} の利用率（{}による）は {rate}", scheme.base, word.ja),
                format!("the rate of {} by {} is {rate}", scheme.base, word.en),
            )
        });
        let Some(increase) = scheme.best_increase(base, application, reasons) else {
            return Grant::nothing(GrantReason::NoMonths);
        };
        let cell = scheme.cell(told, base, rate, increase, application.kind.is_hospital(), reasons);
        match &scheme.revised {
            Some(revised) => revised.pay(&cell, increase, reasons),
            None => pay_april(&cell, reasons),
        }
    }
}

impl LumpSums {
    fn missing_condition(&self, told: LumpSum, reasons: &mut impl Reasons) -> Option<GrantReason> {
        if !self.conditions {
            return None;
        }
        let (missing, ja, en) = match told {
            LumpSum { poster: false, .. } => {
                (GrantReason::PosterMissing, "共通ポスターを掲示していない", "the poster is not up")
            }
            LumpSum { leaflet: false, .. } => (
                GrantReason::LeafletMissing,
                "声掛けとチラシの配布をしていない",
                "patients are not spoken to and handed the leaflet",
            ),
            LumpSum { .. } => {
                reasons.because("PROG-011", || {
                    Bilingual::new("二つの支給条件を満たす", "both conditions are met")
                });
                return None;
            }
        };
        reasons.because("PROG-011", || Bilingual::new(ja, en));
        Some(missing)
    }

    /// How many persons more in the best of the months that count; none, if none is known.
    fn best_increase(
        &self,
        base: &CardUse,
        application: &Application,
        reasons: &mut impl Reasons,
    ) -> Option<i64> {
        let last = self.revised.as_ref().map_or(*self.months.end(), |revised| revised.last);
        let months = application.months.range(*self.months.start()..=last);
        // Of equal months the first.
        let (month, best) = months.rev().max_by_key(|(_, month)| month.holders)?;
        let increase = i64::from(best.holders) - i64::from(base.holders);
        let rule = if self.revised.is_some() { "PROG-013" } else { "PROG-010" };
        reasons.because(rule, || {
            let (from, to, first) = (base.holders, best.holders, self.months.start());
            Bilingual::new(
                format!("{first} から {last} までで最も多い {month} は {to} 人、{} の {from} 人から {increase:+} 人", self.base),
                format!(
                    "of {first} to {last} the best month is {month}: {to} persons after {from} in \
                     {}, {increase:+}",
                    self.base
                ),
            )
        });
        Some(increase)
    }

    fn cell(
        &self,
        told: LumpSum,
        base: &CardUse,
        rate: Rate,
        increase: i64,
        hospital: bool,
        reasons: &mut impl Reasons,
    ) -> Cell {
        let (usual, steps) = match &self.hospital {
            Some(steps) if hospital => (Table::Hospital, steps),
            _ => (Table::Normal, &self.normal),
        };
        let normal = self.in_table(usual, steps, rate, increase);
        let cell = match self.small_cell(base, rate, increase) {
            Some(small) if told.normal_table && small.is_top() => {
                reasons.because("PROG-012", || {
                    Bilingual::new(
                        "小規模施設の表の上限に達し、通常の表を選んだ",
                        "at the top of the small table, and the normal one was chosen",
                    )
                });
                normal
            }
            Some(small) => {
                reasons.because("PROG-012", || {
                    let receipts = base.receipts;
                    Bilingual::new(
                        format!("レセプト {receipts} 件の小規模施設の表による"),
                        format!("the table for small institutions, with {receipts} receipts"),
                    )
                });
                small
            }
            None => normal,
        };
        let rule = if cell.table == Table::Hospital { "PROG-082" } else { "PROG-010" };
        reasons.because(rule, || cell.tell());
        if cell.blank {
            let stays = !self.nothing_right;
            reasons.because("PROG-083", || {
                let (ja, en) = if stays {
                    ("上限のまま", "the maximum stays")
                } else {
                    ("支給なし", "nothing is paid")
                };
                Bilingual::new(
                    format!("表の空欄に当たり、{ja}"),
                    format!("the table is blank there: {en}"),
                )
            });
        }
        cell
    }

    /// PROG-012: the cell of the small table, where that is the one.
    fn small_cell(&self, base: &CardUse, rate: Rate, increase: i64) -> Option<Cell> {
        let small = self.small.as_ref()?;
        let at_least = |percent: i64| rate.at_least_permille(permille(percent));
        let normal = at_least(small.normal_from_percent)
            || (at_least(small.middle_percent) && increase >= small.middle_persons);
        let is_small = i64::from(base.receipts) <= small.receipts_max && !normal;
        is_small.then(|| self.in_table(Table::Small, &small.steps, rate, increase))
    }

    fn in_table(&self, table: Table, steps: &Steps, rate: Rate, increase: i64) -> Cell {
        let reached = |percent: &&i64| rate.at_least_permille(permille(**percent));
        let row = self.rates_percent.iter().take_while(reached).count();
        let row_percent = if row == 0 { 0 } else { self.rates_percent[row - 1] };
        let columns = steps.columns_persons.iter().copied().enumerate();
        let column = columns.take_while(|(_, persons)| *persons <= increase).last();
        let last = steps.ladder_yen.len() - 1;
        let step = column.map(|(column, _)| column + row);
        let blank = step.is_some_and(|step| step > last);
        let top_yen = steps.ladder_yen[last];
        let yen = match step {
            None => 0,
            Some(_) if blank && self.nothing_right => 0,
            Some(step) => steps.ladder_yen[step.min(last)],
        };
        Cell { table, row, row_percent, column, blank, yen, top_yen }
    }
}

fn permille(percent: i64) -> u64 {
    u64::try_from(percent).unwrap_or(0).saturating_mul(10)
}

impl Cell {
    fn is_top(&self) -> bool {
        self.yen == self.top_yen
    }

    fn words(&self) -> [String; 3] {
        let column = self.column.map_or("+0".to_owned(), |(_, persons)| format!("+{persons}"));
        [self.table.word().to_owned(), format!("{}%", self.row_percent), column]
    }

    fn tell(&self) -> Bilingual {
        let (row, yen) = (self.row + 1, self.yen);
        let (table, from) = (self.table.word(), self.row_percent);
        match self.column {
            None => Bilingual::new(
                "増加人数が最初の列に満たない",
                "the increase is below the first column",
            ),
            Some((column, persons)) => Bilingual::new(
                format!(
                    "表 {table} の第{row}行（{from}％以上）、第{}列（+{persons}人以上）: 4月の版で {yen} 円",
                    column + 1
                ),
                format!(
                    "table {table}, row {row} (from {from} percent), column {} (from +{persons} \
                     persons): {yen} yen by the version of April",
                    column + 1
                ),
            ),
        }
    }
}

/// What the version of April 2024 pays.
fn pay_april(cell: &Cell, reasons: &mut impl Reasons) -> Grant {
    reasons.because("PROG-014", || {
        Bilingual::new("2024年4月の版による", "the version of April 2024 counts")
    });
    let grant = match cell.yen {
        0 => Grant::nothing(GrantReason::BelowSteps),
        yen => Grant::paid(yen),
    };
    grant.at(cell.words())
}

impl Revised {
    /// What the version of June 2024 pays, as far as that is published.
    fn pay(&self, cell: &Cell, increase: i64, reasons: &mut impl Reasons) -> Grant {
        let most_yen = match cell.table {
            Table::Hospital => self.hospital_maximum_yen,
            Table::Normal | Table::Small => self.maximum_yen,
        };
        reasons.because("PROG-014", || {
            Bilingual::new("2024年6月の版による", "the version of June 2024 counts")
        });
        reasons.because("PROG-013", || {
            Bilingual::new(
                format!("上限は {most_yen} 円。そこまでの段階は公表資料にない"),
                format!("the maximum is {most_yen} yen; the steps up to it are not published"),
            )
        });
        let grant = if increase <= 0 {
            Grant::nothing(GrantReason::BelowSteps)
        } else if cell.is_top() && cell.table != Table::Small && self.paid_at_maximum {
            reasons.because("PROG-085", || {
                let least = cell.yen;
                Bilingual::new(
                    format!("4月の版の上限に達したため新しい上限とみなす。実際は {least} 円以上"),
                    format!(
                        "at the maximum of April, so the new maximum is taken; it is at least \
                         {least} yen"
                    ),
                )
            });
            Grant::paid(most_yen)
        } else {
            let least_yen = cell.yen;
            reasons.because("PROG-085", || {
                Bilingual::new(
                    format!(
                        "この欄の額は公表資料になく、{least_yen} 円から {most_yen} 円までである"
                    ),
                    format!(
                        "what is paid there is not published; it lies between {least_yen} and \
                         {most_yen} yen"
                    ),
                )
            });
            let granted = Granted::NotPublished { least_yen, most_yen };
            Grant { granted, ..Grant::nothing(GrantReason::NotPublished) }
        };
        grant.at(cell.words())
    }
}
