//! pishkhan-testkit.
