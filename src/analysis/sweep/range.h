/*
 * A parameter: NAME=RANGE, where RANGE is values with commas between, and a
 * value may be FROM..TO:STEP: "loss=0..30%:5%", "delay=10ms..100ms:10ms",
 * "bob.busy=true,false", "loss=0,1%,5%..20%:5%".  Several names vary together,
 * one value each: "home.mapping+home.filtering=endpoint/endpoint,
 * address-port/address-port"; an empty one is the attribute's default.
 */
#ifndef SWEEP_RANGE_H
#define SWEEP_RANGE_H

#include "base/diag.h"

/* Values of one parameter. */
#define SWEEP_VALUES_MAX 10000
/* Names that vary together. */
#define SWEEP_NAMES_MAX 16

struct sweep_param {
	char *text;    /* as it was given; owned, as all here */
	char *name;    /* "loss", "bob.busy", "bob.busy+bob.answer" */
	size_t nnames; /* in NAME */
	char **values; /* "0%", "5%", "true/2s" */
	size_t n;
	/* Where all values are numbers of one unit: */
	double *numbers; /* else NULL */
	char unit[8];    /* "%", "ms"; "" */
};

/* P is zeroed on entry; free also after a failure.  0 or D's error. */
int sweep_param_read(struct sweep_param *p, const char *text, struct diag *d);
void sweep_param_free(struct sweep_param *p);
/* The Kth name, and what it is in value I; false: P has no more names. */
bool sweep_param_get(const struct sweep_param *p, size_t i, size_t k,
    struct str *name, struct str *value);
/* The setting that they are, "bob.busy=true", in place of what B has. */
bool
sweep_param_put(const struct sweep_param *p, size_t i, size_t k, struct buf *b);

/* "1..100" or "7", both ends included.  0 or D's error. */
int sweep_seeds_read(
    const char *text, uint64_t *from, uint64_t *to, struct diag *d);

#endif
