//! Foreign files in great number: every message of the interface, in every character code, with
//! a few things done to it, is dropped into the terminal's folder and read in both directions.
//! Nothing panics, and every request has exactly one answer, which is one that the interface
//! knows.
//!
//! A case is its number and nothing else. `MADOGUCHI_FUZZ_CASES` says how many are played (2,000
//! if not given), `MADOGUCHI_FUZZ_FIRST` which is the first; a case that fails names itself.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(clippy::disallowed_methods, reason = "how long to go on is said from outside")]
#![expect(clippy::print_stdout, reason = "the number of cases is part of the result")]

mod claims;
mod limits;
mod messages;
mod mutate;
mod world;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arbitrary::Unstructured;
use madoguchi_reference::message::{File, Folder};
use madoguchi_reference::wire::{Family, Level};

use messages::{KINDS, Kind};
use mutate::{Form, Mutation};

/// Cases in an ordinary run of the tests.
const CASES: u64 = 2_000;

fn number_from(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().map_or(otherwise, |text| text.parse().unwrap())
}

/// The bytes a case draws from: SplitMix64 of its number.
pub fn drawn(case: u64) -> Vec<u8> {
    let mut state = case;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    };
    (0..24).flat_map(|_| next().to_le_bytes()).collect()
}

/// Plays `play` with every case, and names the one that fails. `endings` are the ways in which a
/// case ends; where there are enough cases, each has to be met, so that nothing is green because
/// everything was thrown out at the door.
pub fn play_all(
    what: &str,
    endings: &[&'static str],
    play: fn(&mut Unstructured<'_>) -> arbitrary::Result<&'static str>,
) {
    let first = number_from("MADOGUCHI_FUZZ_FIRST", 0);
    let cases = number_from("MADOGUCHI_FUZZ_CASES", CASES);
    let mut met: BTreeMap<&str, u64> = endings.iter().map(|ending| (*ending, 0)).collect();
    for case in first..first + cases {
        let bytes = drawn(case);
        let played = catch_unwind(AssertUnwindSafe(|| play(&mut Unstructured::new(&bytes))));
        let Ok(ending) = played else {
            panic!(
                "{what}, case {case}: play it alone with MADOGUCHI_FUZZ_FIRST={case} \
                 MADOGUCHI_FUZZ_CASES=1"
            )
        };
        *met.entry(ending.unwrap_or("too few bytes drawn")).or_default() += 1;
    }
    println!("{what}: {cases} cases from {first} on, none failed: {met:?}");
    let enough = cases >= CASES;
    assert!(!enough || met.values().all(|times| *times * 200 >= cases), "{what}: {met:?}");
}

/// A message of some family with up to four things done to it.
fn mutated(u: &mut Unstructured<'_>) -> arbitrary::Result<(&'static Kind, Vec<u8>)> {
    let kind = u.choose(KINDS)?;
    let sample = u.choose(kind.samples)?;
    let form: Form = u.arbitrary()?;
    let mutations = (0..u.int_in_range(0..=4)?).map(|_| mutate::one(u));
    let mutations: Vec<Mutation> = mutations.collect::<Result<_, _>>()?;
    Ok((kind, mutate::document(sample.as_bytes(), &form, &mutations)))
}

fn play(u: &mut Unstructured<'_>) -> arbitrary::Result<&'static str> {
    let (kind, bytes) = mutated(u)?;
    let level = (kind.read)(&bytes).err().map(|error| {
        assert!(!error.problem.is_empty() && !error.to_string().is_empty());
        assert!(error.line >= 1 && error.column >= 1, "{error:?}");
        error.level
    });
    // Whoever watches a folder may be handed a file of another family.
    let _ = (u.choose(KINDS)?.read)(&bytes);
    if kind.request {
        dropped(kind, bytes, level);
    } else {
        world::hand_to_desk(kind, bytes);
    }
    Ok(match (kind.request, level) {
        (true, None) => "request read",
        (true, Some(Level::Person)) => "request with a person error",
        (true, Some(Level::Header)) => "request with a header error",
        (true, Some(Level::File)) => "request that is no message",
        (false, None) => "answer read",
        (false, Some(_)) => "answer refused",
    })
}

/// Drops a request and holds what comes back against what the interface knows.
fn dropped(kind: &Kind, bytes: Vec<u8>, level: Option<Level>) {
    let family = Family::ALL.iter().find(|family| family.prefix() == kind.prefix);
    let request = format!("{}req_202611200001.xml", kind.prefix);
    let came = world::drop_request(&request, &bytes);
    assert!(came.iter().all(|file| file.folder == Folder::Res), "{came:?}");
    if family.is_none() {
        // What no terminal knows is somebody else's business.
        assert!(came.is_empty(), "{came:?}");
        return;
    }
    let named = |name: &str| -> Vec<&File> { came.iter().filter(|f| f.name == name).collect() };
    let answers = named(&request.replace("req_", "res_"));
    let errors = named(&request.replace(".xml", ".err"));
    let returned = named(&request);
    if level == Some(Level::File) {
        let [error] = errors[..] else { panic!("no `.err`, but {came:?}") };
        assert!(!error.bytes.0.is_empty());
        let back = returned.len() == 1 && returned[0].bytes.0 == bytes;
        assert!(back && came.len() == 2, "the request does not come back: {came:?}");
        return;
    }
    let [answer] = answers[..] else { panic!("not one answer, but {came:?}") };
    assert_eq!(came.len(), 1, "{came:?}");
    let reads = KINDS.iter().find(|k| !k.request && k.prefix == kind.prefix).unwrap().read;
    reads(&answer.bytes.0).unwrap_or_else(|error| panic!("{error}: {answer:?}"));
    if level.is_some() {
        assert!(world::says_error(&answer.bytes.0), "{level:?} was answered by {answer:?}");
    }
}

#[test]
fn every_foreign_file_is_answered_as_the_interface_answers() {
    let endings = [
        "request read",
        "request with a person error",
        "request with a header error",
        "request that is no message",
        "answer read",
        "answer refused",
    ];
    play_all("files", &endings, play);
}

#[test]
fn every_family_of_the_terminal_is_played_in_both_directions() {
    for family in Family::ALL {
        for request in [true, false] {
            let mut kinds = KINDS.iter().filter(|k| k.prefix == family.prefix());
            let played = kinds.any(|kind| kind.request == request && !kind.samples.is_empty());
            assert!(played, "{}: add a sample to `messages.rs`", family.prefix());
        }
    }
}

#[test]
fn the_messages_are_good_before_anything_is_done_to_them() {
    for kind in KINDS {
        for sample in kind.samples {
            let read = (kind.read)(sample.as_bytes());
            assert_eq!(read, Ok(()), "{}: {sample}", kind.prefix);
            for shift_jis in [false, true] {
                for scatter in [false, true] {
                    let form = Form { shift_jis, scatter, ..Form::default() };
                    let bytes = mutate::document(sample.as_bytes(), &form, &[]);
                    assert_eq!((kind.read)(&bytes), Ok(()), "{} {form:?}", kind.prefix);
                }
            }
        }
    }
}

/// Case 11893: it was read as a refusal that says nothing, and written as no answer at all.
#[test]
fn a_result_code_that_holds_only_elements_is_none() {
    let answer =
        "<XmlMsg><MessageHeader><ResultCode><A>1</A></ResultCode></MessageHeader></XmlMsg>";
    for kind in
        KINDS.iter().filter(|k| !k.request && ["YZKsiquc01", "TKKsiquc01"].contains(&k.prefix))
    {
        let error = (kind.read)(answer.as_bytes()).unwrap_err();
        assert!(error.problem.contains("ResultCode"), "{error}");
    }
    let refusal = answer.replace("<A>1</A>", "7");
    for kind in
        KINDS.iter().filter(|k| !k.request && ["YZKsiquc01", "TKKsiquc01"].contains(&k.prefix))
    {
        assert_eq!((kind.read)(refusal.as_bytes()), Ok(()), "{}", kind.prefix);
    }
}
