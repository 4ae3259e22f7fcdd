//! SQL in two small handles: [`Read`], which anybody may have, and [`Write`](super::transaction::Write), which only the
//! transaction door hands out. Statements are constants: data travels as parameters, never inside the text.

use js_sys::{Array, ArrayBuffer, JSON, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use worker::worker_sys::types::{SqlStorage as Binding, SqlStorageCursor as Cursor};
use worker::{Error, Result, SqlStorage, SqlStorageValue as Value};

use crate::binding::invoke;
use crate::usage;

/// The largest number of which a double is sure.
const EXACT: u64 = 1 << 53;

/// Reading.
pub struct Read<'a>(pub(super) &'a SqlStorage);

/// The columns of one row, taken in their order: each is fetched when it is asked for, as what it is asked for.
pub struct Row {
    columns: Array,
    next: u32,
}

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
        self.rows(query, values)?.first_mut().map(read).transpose()
    }

    /// All at once and to the end, also where only the first is wanted: the runtime keeps what it compiled of a statement, and lends
    /// it to one cursor at a time. As long as one is not at its end, the same statement is compiled anew for the next.
    fn rows(&self, query: &'static str, values: Vec<Value>) -> Result<Vec<Row>> {
        let cursor = run(self.0, query, values)?;
        let rows: Array = invoke(&cursor.raw(), "toArray", &[])?.unchecked_into();
        usage::rows(cursor.rows_read() as usize, 0);
        Ok(rows.iter().map(|columns| Row { columns: columns.unchecked_into(), next: 0 }).collect())
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
        let column = self.column();
        match column.as_string() {
            None if !column.is_null() => Err(wrong("a text")),
            text => Ok(text),
        }
    }

    /// A whole number.
    pub fn int(&mut self) -> Result<i64> {
        self.maybe_int()?.ok_or_else(|| wrong("a number"))
    }

    /// A whole number or NULL.
    pub fn maybe_int(&mut self) -> Result<Option<i64>> {
        let column = self.column();
        match column.as_f64() {
            Some(number) if number.fract() == 0.0 && number.abs() <= EXACT as f64 => Ok(Some(number as i64)),
            None if column.is_null() => Ok(None),
            _ => Err(wrong("a number")),
        }
    }

    /// A count, day number or the like, in whichever integer type it belongs.
    pub fn of<T: TryFrom<i64>>(&mut self) -> Result<T> {
        T::try_from(self.int()?).map_err(|_| wrong("a number within bounds"))
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Result<Vec<u8>> {
        let bytes = self.column().dyn_into::<ArrayBuffer>().map_err(|_| wrong("bytes"))?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }

    fn column(&mut self) -> JsValue {
        let column = self.columns.get(self.next);
        self.next += 1;
        column
    }
}

/// Runs one statement. Numbers pass through floating point on their way: beyond 2⁵³ they would silently change, so those
/// are refused.
pub(super) fn run(sql: &SqlStorage, statement: &'static str, values: Vec<Value>) -> Result<Cursor> {
    let exact = |value: &Value| !matches!(value, Value::Integer(number) if number.unsigned_abs() > EXACT);
    if !values.iter().all(exact) {
        return Err(wrong("a number within bounds"));
    }
    let sql: &JsValue = sql.as_ref();
    Ok(sql.unchecked_ref::<Binding>().exec(statement, parameters(values)?)?)
}

/// All of them as one text of JSON, which the runtime reads faster than it is asked for one value after the other.
fn parameters(values: Vec<Value>) -> Result<Array> {
    if values.is_empty() {
        return Ok(Array::new());
    }
    if values.iter().any(|value| matches!(value, Value::Blob(_))) {
        return Ok(values.into_iter().map(JsValue::from).collect());
    }
    let mut json = String::with_capacity(32 * values.len());
    for value in &values {
        json.push(if json.is_empty() { '[' } else { ',' });
        match value {
            Value::Null | Value::Blob(_) => json += "null",
            Value::Boolean(flag) => json += if *flag { "true" } else { "false" },
            Value::Integer(number) => json += &serde_json::to_string(number)?,
            Value::Float(number) => json += &serde_json::to_string(number)?,
            Value::String(text) => json += &serde_json::to_string(text)?,
        }
    }
    json.push(']');
    Ok(JSON::parse(&json)?.unchecked_into())
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
