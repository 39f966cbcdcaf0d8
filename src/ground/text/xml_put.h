/* Texts and numbers in XML, for every writer of it. */
#ifndef TEXT_XML_PUT_H
#define TEXT_XML_PUT_H

#include "base/buf.h"

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
