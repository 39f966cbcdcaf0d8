/*
 * Which lab shows what RFC 3261 and its extensions ask of a role: each lab's
 * inspection is noted, and docs/roles/matrix.md held to what comes of it
 * (GOLDEN=1 writes it).
 */
#ifndef ROLE_MATRIX_H
#define ROLE_MATRIX_H

#include "inspect/inspect.h"

/* FILE's run, with so many records, has shown what IN says; no lab, no note. */
void role_matrix_note(const struct inspect *in, const char *file);
/* All labs were noted: the page, and whether the rows agree with the
 * inspector's. */
void role_matrix_expect(void);

#endif
