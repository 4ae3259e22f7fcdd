//! The figures that the owner sees, each from counts, each with its interval and denominator. One file per figure.

pub mod duration;
