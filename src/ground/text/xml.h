/*
 * A reader of small XML documents that come from the network (XML 1.0 with
 * namespaces, by expat): elements with their attributes and their text, one
 * after the other, in the order of the document.  A document is read whole,
 * and whatever is found in it is bounded.  It may have a document type, of
 * which nothing is fetched: entities stand for text alone, may not make it much
 * longer than it is, and are left out where they may be declared elsewhere
 * (4.4.3).
 */
#ifndef TEXT_XML_H
#define TEXT_XML_H

#include "base/buf.h"
#include "base/str.h"

struct arena;

#define XML_DEPTH    32    /* elements within each other, at most */
#define XML_ATTRS    64    /* attributes of one element, at most */
#define XML_ENTITIES 64    /* that a document declares, at most */
#define XML_MORE     65536 /* bytes, by which all texts may be longer than … */
#define XML_TIMES    3     /* … so many times the document */

enum xml_kind {
	XML_DONE,  /* the document is over */
	XML_OPEN,  /* <name …>, also of <name …/> */
	XML_CLOSE, /* </name>, also of <name …/> */
	XML_TEXT,  /* between tags, with spaces at either end */
};

/* A name without its prefix, and the URI of its namespace; empty: none. */
struct xml_name {
	struct str local, space;
};

struct xml_attribute {
	struct xml_name name;
	struct str value;
};

/* Its texts are UTF-8 in which nothing has to be replaced any more. */
struct xml_item {
	enum xml_kind kind;
	struct xml_name name; /* of an element */
	const struct xml_attribute *attrs;
	size_t nattrs;
	struct str text;
};

struct xml {
	struct arena *texts;
	struct xml_item *items;
	size_t n, cap;
	size_t at;                       /* of those, which is next */
	struct xml_name open[XML_DEPTH]; /* the root first … */
	unsigned depth;                  /* … of what was handed out last */
};

/* Reads DOCUMENT into X, which the caller frees; what X hands out lives as
 * long. 0, ERR_NOMEM, or ERR_SYNTAX where the document is not well formed, or
 * beyond the bounds: then X is all zero, and there is nothing to free. */
int xml_read(struct xml *x, struct str document);
void xml_free(struct xml *x);
/* The next item; XML_DONE again and again where there is none. */
const struct xml_item *xml_next(struct xml *x);
/* The value of the attribute NAME of an element, which is in no namespace; or
 * false. */
bool xml_attr(const struct xml_item *item, const char *name, struct str *value);
/* The same, in any namespace or none. */
bool
xml_attr_any(const struct xml_item *item, const char *name, struct str *value);
/* The element at DEPTH (the root: 0) around what was handed out last is NAME,
 * in whatever namespace. */
bool xml_is_within(const struct xml *x, unsigned depth, const char *name);

/* ---- texts and numbers in XML, for every writer of it ---- */

/* TEXT, made safe, as the content of an element or within quotes: no markup in
 * it is markup. */
void xml_put(struct buf *b, struct str text);
/* The same, but newlines stay newlines; see utf8_add_safe_lines. */
void xml_put_lines(struct buf *b, struct str text);
/* MARKUP, in which each %s and %.*s is a text that is escaped (xml_put); of
 * numbers it has %u, %zu and %llu; another conversion is a mistake
 * (tests/regress/xml_print_conversions.sh), as is %%. */
void xml_print(struct buf *b, const char *markup, ...)
    __attribute__((format(printf, 2, 3)));
/* A length in points, one decimal at most: "12", "-3.5". */
void xml_put_number(struct buf *b, double v);

#endif
