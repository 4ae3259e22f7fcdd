//! The pure part of Rapport.
