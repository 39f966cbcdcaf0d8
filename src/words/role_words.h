/* What people call a node's roles. */
#ifndef WORDS_ROLE_WORDS_H
#define WORDS_ROLE_WORDS_H

#include "base/buf.h"

/* Appends what ROLES, words with spaces between them, are called, SEPARATOR
 * between them: "proxy · registrar".  Unknown ones go by their own names, as
 * they are: to be made safe by whoever shows them. */
void role_put(struct buf *b, struct str roles, const char *separator);

/* One of several, by its short name. */
void role_put_one(struct buf *b, struct str role);

/* ROLES has this one. */
bool role_has(struct str roles, const char *role);

#endif
