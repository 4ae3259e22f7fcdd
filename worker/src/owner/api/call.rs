//! A call of an operation, and what its handler may ask of it.

use rapport_core::answer::Field;
use rapport_core::json;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::Problem;
use rapport_core::time::Day;
use serde::Serialize;
use serde::de::DeserializeOwned;
use worker::{Env, Request, Response};

use super::operation::Operation;
use crate::body::{self, Media};
use crate::owner::access::Owner;
use crate::problem::Fail;
use crate::reply;
use crate::url;

/// One call, by somebody who may make it.
pub struct Call<'a> {
    pub env: &'a Env,
    pub owner: &'a Owner,
    pub request: Request,
    operation: &'static Operation,
    parts: Vec<(&'static str, String)>,
    query: Vec<Field>,
}

impl<'a> Call<'a> {
    pub(super) fn new(
        env: &'a Env,
        owner: &'a Owner,
        request: Request,
        operation: &'static Operation,
        parts: Vec<(&'static str, String)>,
    ) -> Self {
        let query = url::fields(&url::query(&request)).collect();
        Self { env, owner, request, operation, parts, query }
    }

    /// What stands in the path in the place of `{name}`.
    ///
    /// # Errors
    /// 404 where the path has no such place.
    pub fn part(&self, name: &str) -> Result<&str, Fail> {
        let found = self.parts.iter().find(|(part, _)| *part == name);
        found.map(|(_, value)| value.as_str()).ok_or_else(Fail::not_found)
    }

    /// The site in the path.
    ///
    /// # Errors
    /// 404 where that is none.
    pub fn site(&self) -> Result<SiteId, Fail> {
        SiteId::parse(self.part("site")?).map_err(|_| Fail::not_found())
    }

    /// Another name in the path.
    ///
    /// # Errors
    /// 404 where it is ill-formed.
    pub fn name(&self, part: &str) -> Result<Name, Fail> {
        Name::parse(self.part(part)?).map_err(|_| Fail::not_found())
    }

    /// All parameters of the query.
    pub fn fields(&self) -> &[Field] {
        &self.query
    }

    /// A parameter of the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A parameter that is a day.
    ///
    /// # Errors
    /// 422 where it is something else.
    pub fn day(&self, name: &str) -> Result<Option<Day>, Fail> {
        let day = |text| Day::parse(text).ok_or_else(|| Problem::malformed(name, "a day such as 2026-11-22"));
        Ok(self.query(name).map(day).transpose()?)
    }

    /// A parameter that is a whole number.
    ///
    /// # Errors
    /// 422 where it is something else.
    pub fn number(&self, name: &str, expected: &'static str) -> Result<Option<u32>, Fail> {
        let number = |text: &str| text.parse().map_err(|_| Problem::malformed(name, expected));
        Ok(self.query(name).map(number).transpose()?)
    }

    /// The body as text.
    ///
    /// # Errors
    /// 413, 415 and 422 as [`body::text`].
    pub async fn text(&mut self) -> Result<String, Fail> {
        let limit = self.operation.body.as_ref().map_or(0, |body| body.limit);
        body::text(&mut self.request, &[Media::Json], limit).await
    }

    /// The body, read strictly.
    ///
    /// # Errors
    /// As [`Call::text`], and 422 with the field that is wrong.
    pub async fn body<T: DeserializeOwned>(&mut self) -> Result<T, Fail> {
        Ok(json::strict::<T>(self.text().await?.as_bytes())?)
    }

    /// The mark of what a change is based on, from `If-Match`; whatever there is, is `*`.
    ///
    /// # Errors
    /// Only where the runtime has no headers.
    pub fn based_on(&self) -> Result<Option<String>, Fail> {
        let header = self.request.headers().get("if-match")?;
        let bare = header.map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"').to_owned());
        Ok(bare.filter(|tag| tag != "*"))
    }

    /// JSON with a mark as its `ETag`, or 304 where the caller has that already.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn tagged(&self, value: &impl Serialize, mark: &str) -> Result<Response, Fail> {
        let tag = format!("\"{mark}\"");
        let mut response = if reply::unchanged(self.request.headers(), &tag)? {
            Response::empty()?.with_status(304)
        } else {
            reply::json(value)?
        };
        response.headers_mut().set("etag", &tag)?;
        // Kept by the caller, and asked about each time.
        response.headers_mut().set("cache-control", "private, no-cache")?;
        Ok(response)
    }

    /// A page of a list. `next` is the cursor of the next page, which the header `Link` leads to (RFC 8288).
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn listed(&self, items: &impl Serialize, cursor: &str, next: Option<&str>) -> Result<Response, Fail> {
        let mut response = reply::json(items)?;
        if let Some(next) = next {
            let mut address = form_urlencoded::Serializer::new(String::new());
            for (name, value) in self.query.iter().filter(|(name, _)| name != cursor) {
                address.append_pair(name, value);
            }
            address.append_pair(cursor, next);
            let link = format!("<{}?{}>; rel=\"next\"", self.request.path(), address.finish());
            response.headers_mut().set("link", &link)?;
        }
        Ok(response)
    }
}
