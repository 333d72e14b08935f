//! The built-in practice arrays and machines, as a command uses them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result};

use crate::config::{self, Config, Section, nearest};
use crate::kit::bounds::Bounds;
use crate::sim::practice::{self, AnySetting, OpenError, Product};
use crate::sim::server::Server;

/// Keys of a `kind = "sim"` section, besides `product`: those of an array that need no array to be
/// true.
const fn practice_keys(product: Product) -> &'static [&'static str] {
    match product {
        Product::Oceanstor => &["target_ips", "port_group", "chap"],
        Product::Ontap => &["target_ips", "chap", "api", "igroup_prefix"],
    }
}

/// A practice setting in use.
#[derive(Clone)]
pub(super) struct Practising {
    pub(super) setting: Arc<dyn AnySetting>,
    /// Where its array answers, once that is needed.
    server: Arc<OnceLock<Server>>,
}

impl Practising {
    /// Where the array answers, served by this process.
    pub(super) fn url(&self) -> Result<String> {
        if let Some(server) = self.server.get() {
            return Ok(server.url());
        }
        let server = self.setting.array_server().context("practice array")?;
        Ok(self.server.get_or_init(|| server).url())
    }
}

/// The settings in use, of each product at most one.
#[derive(Default)]
pub(super) struct Practices(Mutex<BTreeMap<Product, Practising>>);

impl Practices {
    /// The one of a product, opened at its first use.
    pub(super) fn open(
        &self,
        product: Product,
        state_dir: &Path,
        bounds: &Bounds,
    ) -> Result<Practising, OpenError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = all.get(&product) {
            return Ok(there.clone());
        }
        let made = Practising {
            setting: practice::open(product, state_dir, bounds)?,
            server: Arc::default(),
        };
        all.insert(product, made.clone());
        Ok(made)
    }
}

/// Whose array a `kind = "sim"` section practises on.
pub(super) fn product_of(section: &Section) -> Result<Product, config::Error> {
    let mut asked = section.clone();
    let Some(word) = asked.text("product")? else {
        return Ok(Product::default());
    };
    Product::find(&word).ok_or_else(|| {
        let known = Product::ALL.map(Product::word);
        let why = format!("{} wanted, not {word:?}", known.join(" or "));
        let mut error = section.error("product", why);
        error.hint = nearest(&word, known.into_iter()).map(|n| format!("did you mean {n}?"));
        error
    })
}

/// The section by which the practice array at `url` is opened, with what `section` says of it.
///
/// # Errors
/// [`crate::config::Error`] when a key of `section` is not known.
pub fn practice_section(name: &str, url: &str, section: Option<Section>) -> Result<Section> {
    let product = section
        .as_ref()
        .map_or(Ok(Product::default()), product_of)?;
    let text = format!(
        "[arrays.\"{name}\"]\nkind = \"{}\"\nurl = \"{url}\"\nuser = \"{}\"\n\
         password = {{ env = \"practice\" }}\n",
        product.word(),
        product.user()
    );
    let config = Config::parse(&[("the practice array".to_owned(), text)])?;
    let mut served = config.arrays.get(name).cloned().context("practice array")?;
    if let Some(mut section) = section {
        section.text("kind")?;
        section.text("product")?;
        for key in practice_keys(product) {
            section.hand_over(key, &mut served);
        }
        section.finish()?;
    }
    Ok(served)
}
