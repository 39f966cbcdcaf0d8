/*
 * A reader of small XML documents that come from the network: elements with
 * their attributes and their text, one after the other, in the order of the
 * document (XML 1.0, fifth edition).  It is strict where it looks: tags nest,
 * attributes are quoted and named once, entities are the five of XML 4.6 or
 * character references, there is one root.  A document type is refused, so that
 * nothing can expand; comments, processing instructions and the names of
 * namespaces are passed over.  Nothing is allocated; the document must stay.
 */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/buf.h"

#define XML_DEPTH 32 /* elements within each other, at most */
#define XML_ATTRS 64 /* attributes of one element, at most */

enum xml_kind {
	XML_DONE,  /* the document is over, and was well formed */
	XML_OPEN,  /* <name …>, also of <name …/> */
	XML_CLOSE, /* </name>, also of <name …/> */
	XML_TEXT,  /* between tags; raw: see xml_add_text */
};

struct xml {
	struct str rest;
	struct str open[XML_DEPTH]; /* names as written, the root first */
	unsigned depth;             /* of what was read last */
	bool rooted;                /* the root has been seen */
	bool empty; /* the element just opened is empty: its end comes next */
};

struct xml_item {
	enum xml_kind kind;
	struct str name;  /* without the prefix of its namespace */
	struct str attrs; /* raw: see xml_attr */
	struct str text;
};

void xml_begin(struct xml *x, struct str document);
/* The next item: 0, or ERR_SYNTAX where the document is not well formed. */
int xml_next(struct xml *x, struct xml_item *item);
/* The raw value of the attribute NAME (as written) of an element, or false. */
bool xml_attr(const struct xml_item *item, const char *name, struct str *value);
/* The same, whatever the prefix of its namespace. */
bool
xml_attr_any(const struct xml_item *item, const char *name, struct str *value);
/* The element at DEPTH (the root: 0) around what was read last is NAME,
 * whatever the prefix of its namespace. */
bool xml_is_within(const struct xml *x, unsigned depth, const char *name);
/* RAW, text or a value of a document that was read, with its entities put in
 * place; spaces at either end go. */
void xml_add_text(struct str raw, struct buf *out);

#endif
