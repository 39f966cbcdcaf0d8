/*
 * A store of strings, each kept once and as long as the store: what many rows
 * of a table repeat.
 */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "base/str.h"

struct intern;

int intern_create(struct intern **s); /* 0 or ERR_NOMEM */
void intern_destroy(struct intern *s);
/* *KEPT is a copy of TEXT that lives as long as S; 0 or ERR_NOMEM. */
int intern_keep(struct intern *s, struct str text, struct str *kept);

#endif
