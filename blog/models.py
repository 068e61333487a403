"""The models of the blog."""

from blog.posts import (
    BlogIndexPage,
    BlogPostAuthor,
    BlogPostPage,
    BlogPostTag,
    BlogPostTheme,
    RelatedPractice,
)

__all__ = [
    "BlogIndexPage",
    "BlogPostAuthor",
    "BlogPostPage",
    "BlogPostTag",
    "BlogPostTheme",
    "RelatedPractice",
]
