/* A page as XML: whether every element ends, every attribute is quoted and no
 * character stands where XML, a terminal or a reader would stumble over it. */
#ifndef PAGE_CHECK_H
#define PAGE_CHECK_H

#include "text/utf8.h"

#include <stdio.h>

#define PAGE_DEPTH 64

struct page_check {
	struct str rest;
	struct str open[PAGE_DEPTH];
	size_t depth;
	const char *wrong; /* NULL while nothing is */
};

static size_t
page_name(struct str s)
{
	size_t n = 0;

	while (
	    n < s.n && (chr_is_alnum(s.p[n]) || s.p[n] == '-' || s.p[n] == ':'))
		n++;
	return n;
}

/* Behind "<name": attributes up to '>'; true where it ends with "/>". */
static bool
page_attributes(struct page_check *c)
{
	struct str *r = &c->rest;

	for (;;) {
		size_t space = 0, name;
		ptrdiff_t end;

		while (space < r->n && chr_is_space(r->p[space]))
			space++;
		*r = str_slice(*r, space, r->n);
		if (str_starts(*r, "/>")) {
			*r = str_slice(*r, 2, r->n);
			return true;
		}
		if (str_starts(*r, ">")) {
			*r = str_slice(*r, 1, r->n);
			return false;
		}
		name = page_name(*r);
		if (space == 0 || name == 0 || name + 2 > r->n ||
		    r->p[name] != '=' || r->p[name + 1] != '"') {
			c->wrong = "an attribute";
			return false;
		}
		*r = str_slice(*r, name + 2, r->n);
		end = str_chr(*r, '"');
		if (end < 0 || str_chr(str_slice(*r, 0, (size_t)end), '<') >= 0)
			c->wrong = "a value";
		if (c->wrong != NULL)
			return false;
		*r = str_slice(*r, (size_t)end + 1, r->n);
	}
}

static void
page_tag(struct page_check *c)
{
	struct str *r = &c->rest;
	bool closing = str_starts(*r, "</");
	size_t n = page_name(str_slice(*r, closing ? 2 : 1, r->n));
	struct str name = str_slice(*r, closing ? 2 : 1, n + (closing ? 2 : 1));

	*r = str_slice(*r, n + (closing ? 2 : 1), r->n);
	if (n == 0) {
		c->wrong = "a tag";
	} else if (closing) {
		if (c->depth == 0 || !str_eq(c->open[c->depth - 1], name) ||
		    !str_starts(*r, ">"))
			c->wrong = "an end tag";
		else
			c->depth--;
		*r = str_slice(*r, 1, r->n);
	} else if (!page_attributes(c) && c->wrong == NULL) {
		if (c->depth == PAGE_DEPTH)
			c->wrong = "too deep";
		else
			c->open[c->depth++] = name;
	}
}

static const char *
page_character(uint32_t c)
{
	if (c == UTF8_BAD + 0u)
		return NULL;
	if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0))
		return "a control character";
	if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
		return "a bidirectional control";
	return c == 0xfffe || c == 0xffff ? "no character" : NULL;
}

/* NULL, or what is wrong; says where. */
static const char *
page_wrong(struct str page)
{
	struct page_check c = { .rest = page };

	if (!str_starts(page, "<!DOCTYPE html>\n"))
		return "no document type";
	c.rest = str_slice(page, 16, page.n);
	while (c.rest.n > 0 && c.wrong == NULL) {
		size_t used = 1;
		uint32_t u = utf8_decode(c.rest, &used);

		if (str_starts(c.rest, "<![CDATA[")) {
			ptrdiff_t end = str_find(c.rest, "]]>");

			c.wrong = end < 0 ? "an open CDATA" : NULL;
			used = end < 0 ? 0 : (size_t)end + 3;
			c.rest = str_slice(c.rest, used, c.rest.n);
		} else if (u == '<') {
			page_tag(&c);
		} else if (str_starts(c.rest, "]]>")) {
			c.wrong = "an end of CDATA";
		} else {
			c.wrong = page_character(u);
			if (c.wrong == NULL)
				c.rest = str_slice(c.rest, used, c.rest.n);
		}
	}
	if (c.wrong == NULL && c.depth != 0)
		c.wrong = "not all elements end";
	if (c.wrong != NULL)
		printf("  %s: %.60s\n", c.wrong, c.rest.n ? c.rest.p : "");
	return c.wrong;
}

static size_t
page_count(struct str page, const char *text)
{
	size_t n = 0;
	ptrdiff_t at;

	for (; (at = str_find(page, text)) >= 0; n++)
		page = str_slice(page, (size_t)at + 1, page.n);
	return n;
}

#endif
