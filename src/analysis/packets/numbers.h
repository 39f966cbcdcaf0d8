/*
 * Texts by number: what many messages repeat (Call-IDs, branches, tags) is kept
 * once, and comparing is comparing numbers.  Numbers go 1, 2, 3 … in the order
 * of first appearance; 0 is the empty text.
 */
#ifndef PACKETS_NUMBERS_H
#define PACKETS_NUMBERS_H

#include "base/str.h"

struct numbers;

int numbers_create(struct numbers **n); /* 0 or ERR_NOMEM */
void numbers_destroy(struct numbers *n);
/* The number of TEXT (any bytes), a new one where it has none yet; 0 or
 * ERR_NOMEM. */
int numbers_of(struct numbers *n, struct str text, uint32_t *number);
/* The numbers of COUNT texts, at most NUMBERS_EACH, as if asked for in their
 * order, but sooner: memory is waited for once, not for each.  0 or
 * ERR_NOMEM. */
#define NUMBERS_EACH 8
int numbers_of_each(struct numbers *n, const struct str *texts, size_t count,
    uint32_t *numbers);
/* The number it has, or 0. */
uint32_t numbers_find(const struct numbers *n, struct str text);
/* Valid as long as N. */
struct str numbers_text(const struct numbers *n, uint32_t number);
size_t numbers_count(const struct numbers *n);

#endif
