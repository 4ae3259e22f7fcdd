//! SQL in two small handles: [`Read`], which anybody may have, and [`Write`](super::transaction::Write), which only the
//! transaction door hands out. Statements are constants: data travels as parameters, never inside the text.

use worker::{Error, Result, SqlCursor, SqlStorage, SqlStorageValue as Value};

use crate::usage;

/// The largest number of which a double is sure.
const EXACT: u64 = 1 << 53;

/// Reading.
pub struct Read<'a>(pub(super) &'a SqlStorage);

/// The columns of one row, taken in their order.
pub struct Row(std::vec::IntoIter<Value>);

impl Read<'_> {
    /// Every row.
    pub fn all<T>(
        &self,
        query: &'static str,
        values: Vec<Value>,
        read: impl Fn(&mut Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.rows(query, values)?.iter_mut().map(read).collect()
    }

    /// The first row, if any.
    pub fn first<T>(
        &self,
        query: &'static str,
        values: Vec<Value>,
        read: impl Fn(&mut Row) -> Result<T>,
    ) -> Result<Option<T>> {
        self.row(query, values)?.as_mut().map(read).transpose()
    }

    fn rows(&self, query: &'static str, values: Vec<Value>) -> Result<Vec<Row>> {
        let cursor = run(self.0, query, values)?;
        let rows = cursor.raw().map(|row| Ok(Row(row?.into_iter()))).collect();
        usage::rows(cursor.rows_read(), 0);
        rows
    }

    fn row(&self, query: &'static str, values: Vec<Value>) -> Result<Option<Row>> {
        let cursor = run(self.0, query, values)?;
        let row = cursor.raw().next().map(|row| Ok(Row(row?.into_iter()))).transpose();
        usage::rows(cursor.rows_read(), 0);
        row
    }

    /// The first number of the first row, or 0.
    pub fn number(&self, query: &'static str, values: Vec<Value>) -> Result<i64> {
        Ok(self.first(query, values, Row::maybe_int)?.flatten().unwrap_or(0))
    }

    /// Bytes on disk.
    pub fn size(&self) -> u64 {
        u64::try_from(self.0.database_size()).unwrap_or(0)
    }
}

impl Row {
    /// A text.
    pub fn text(&mut self) -> Result<String> {
        self.maybe_text()?.ok_or_else(|| wrong("a text"))
    }

    /// A text or NULL.
    pub fn maybe_text(&mut self) -> Result<Option<String>> {
        match self.0.next() {
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            _ => Err(wrong("a text")),
        }
    }

    /// A whole number.
    pub fn int(&mut self) -> Result<i64> {
        self.maybe_int()?.ok_or_else(|| wrong("a number"))
    }

    /// A whole number or NULL.
    pub fn maybe_int(&mut self) -> Result<Option<i64>> {
        match self.0.next() {
            Some(Value::Integer(number)) => Ok(Some(number)),
            Some(Value::Boolean(flag)) => Ok(Some(i64::from(flag))),
            Some(Value::Null) => Ok(None),
            _ => Err(wrong("a number")),
        }
    }

    /// A count, day number or the like, in whichever integer type it belongs.
    pub fn of<T: TryFrom<i64>>(&mut self) -> Result<T> {
        T::try_from(self.int()?).map_err(|_| wrong("a number within bounds"))
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Result<Vec<u8>> {
        match self.0.next() {
            Some(Value::Blob(bytes)) => Ok(bytes),
            _ => Err(wrong("bytes")),
        }
    }
}

/// Runs one statement. Numbers pass through floating point on their way: beyond 2⁵³ they would silently change, so those
/// are refused.
pub(super) fn run(sql: &SqlStorage, statement: &'static str, values: Vec<Value>) -> Result<SqlCursor> {
    let exact = |value: &Value| !matches!(value, Value::Integer(number) if number.unsigned_abs() > EXACT);
    if values.iter().all(exact) { sql.exec(statement, values) } else { Err(wrong("a number within bounds")) }
}

/// A text parameter.
pub fn text(value: impl AsRef<str>) -> Value {
    Value::String(value.as_ref().to_owned())
}

/// A number parameter.
pub fn int(value: impl TryInto<i64>) -> Value {
    Value::Integer(value.try_into().unwrap_or(i64::MAX))
}

/// A truth parameter, as SQLite has them. The runtime would bind a JavaScript boolean as the text `true`, which is false.
pub const fn flag(value: bool) -> Value {
    Value::Integer(value as i64)
}

/// A text parameter or NULL.
pub fn maybe(value: Option<impl AsRef<str>>) -> Value {
    value.map_or(Value::Null, text)
}

fn wrong(expected: &str) -> Error {
    Error::RustError(format!("the database holds something else than {expected}"))
}
