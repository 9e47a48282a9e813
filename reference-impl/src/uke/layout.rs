//! From one table to a reader and a writer: what a record holds and where it goes.

use super::items::Items;
use super::out::Out;
use super::spec::RecordSpec;

/// An item table whose rows are tied to the fields of `T`.
pub(super) struct Layout<T> {
    pub spec: RecordSpec,
    pub read: fn(&mut Items<'_, '_>, &mut T),
    pub write: fn(&T, &mut Out),
}

impl<T> Layout<T> {
    /// Fills `into` with what the items say.
    pub fn read_into(&'static self, mut items: Items<'_, '_>, into: &mut T) {
        if items.begin(&self.spec) {
            (self.read)(&mut items, into);
        }
    }

    /// Writes the record.
    pub fn write(&'static self, from: &T, out: &mut Out) {
        out.begin(&self.spec);
        (self.write)(from, out);
        out.end();
    }
}

/// A value that takes one or more items of a record.
pub(super) trait Field: Sized {
    /// Reads it; what cannot be read is noted as a fault and left at some value.
    fn read(items: &mut Items<'_, '_>) -> Self;
    /// Writes it.
    fn write(&self, out: &mut Out);
}

/// Defines a [`Layout`]: the record with its names, then row by row the field of the type and
/// the items it takes.
///
/// In the place of the field stands `_` for items that stay empty, a text in quotes for an item
/// that always is this text, and `+` for further items of the field before.
macro_rules! layout {
    (
        $(#[$attribute:meta])*
        $name:ident: $type:ty = $id:literal $ja:literal $en:literal $certainty:ident {
            $(
                $field:tt $(* $times:literal)?:
                $($kind:ident $longest:literal $item_ja:literal $item_en:literal),+;
            )*
        }
    ) => {
        $(#[$attribute])*
        pub(in crate::uke) static $name: $crate::uke::layout::Layout<$type> = {
            use $crate::uke::spec::{Item, Kind, Row, count};
            const ROWS: &[Row] = &[$(Row {
                times: layout!(@times $($times)?),
                items: &[$(Item {
                    kind: Kind::$kind,
                    longest: $longest,
                    ja: $item_ja,
                    en: $item_en,
                }),+],
            }),*];
            $crate::uke::layout::Layout {
                spec: $crate::uke::spec::RecordSpec {
                    id: $id,
                    ja: $ja,
                    en: $en,
                    certainty: $crate::register::Certainty::$certainty,
                    rows: ROWS,
                    items: count(ROWS),
                },
                read: |items, into| {
                    // A record without items of its own uses neither.
                    let _ = (&items, &into);
                    $(layout!(@read $field items into layout!(@times $($times)?) * [$($longest),+].len());)*
                },
                write: |from, out| {
                    let _ = (&from, &out);
                    $(layout!(@write $field from out layout!(@times $($times)?) * [$($longest),+].len());)*
                },
            }
        };
    };
    (@times) => { 1 };
    (@times $times:literal) => { $times };
    (@read _ $items:ident $into:ident $count:expr) => { $items.reserved($count) };
    (@read + $items:ident $into:ident $count:expr) => {};
    (@read $text:literal $items:ident $into:ident $count:expr) => { $items.fixed($text) };
    (@read $field:ident $items:ident $into:ident $count:expr) => {
        $into.$field = $crate::uke::layout::Field::read($items)
    };
    (@write _ $from:ident $out:ident $count:expr) => { $out.empty($count) };
    (@write + $from:ident $out:ident $count:expr) => {};
    (@write $text:literal $from:ident $out:ident $count:expr) => { $out.ascii($text) };
    (@write $field:ident $from:ident $out:ident $count:expr) => {
        $crate::uke::layout::Field::write(&$from.$field, $out)
    };
}
pub(super) use layout;

/// Makes a type a [`Field`] whose fields take the items one after the other.
macro_rules! composite {
    ($type:ty: $($field:ident),+) => {
        impl $crate::uke::layout::Field for $type {
            fn read(items: &mut $crate::uke::items::Items<'_, '_>) -> Self {
                Self { $($field: $crate::uke::layout::Field::read(items)),+ }
            }
            fn write(&self, out: &mut $crate::uke::out::Out) {
                $($crate::uke::layout::Field::write(&self.$field, out);)+
            }
        }
    };
}
pub(super) use composite;
