/*
 * Files that hold packets or messages and can't be read here: by their first
 * bytes, with what to do about them.
 */
#ifndef PACKETS_FOREIGN_H
#define PACKETS_FOREIGN_H

#include "base/diag.h"

/* HEAD are first bytes of such a file. */
bool capture_is_foreign(struct str head);
/* D's error where HEAD, the first bytes of PATH, are of such a file; else 0. */
int capture_refuse_foreign(struct str head, const char *path, struct diag *d);

#endif
