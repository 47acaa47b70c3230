//! Page images and bound photos, made by the real program as a worker, and the walls around it.

mod binding;
mod confinement;
mod house;
mod liars;
mod office;
mod pages;
mod printing;
