/*
 * PTZCmd (GB/T 28181 A.3): eight octets in hexadecimal digits that turn a
 * camera, move its lens, call a preset, start a cruise.
 *
 *	A5 | 0F | address | command | data 1 | data 2 | data 3, address | sum
 *
 * The second is the version 0 and a check of the first two half octets; the sum
 * is that of the seven before it, modulo 256.
 */
#ifndef SURVEILLANCE_PTZ_H
#define SURVEILLANCE_PTZ_H

#include "base/buf.h"

#define PTZ_DIGITS 16

/* X(ID, words) */
#define PTZ_FAULTS(X)                                              \
	X(NONE, "")                                                \
	X(LENGTH, N_("It is not 16 hexadecimal digits."))          \
	X(START, N_("It does not begin with A5."))                 \
	X(VERSION, N_("Its second octet is not 0F."))              \
	X(SUM, N_("Its last octet is not the sum of the others.")) \
	X(COMMAND, N_("The standard has no such command."))

enum ptz_fault {
#define X(id, words) PTZ_FAULT_##id,
	PTZ_FAULTS(X)
#undef X
};
const char *ptz_fault_words(enum ptz_fault fault); /* untranslated */

struct ptz {
	unsigned char command, data1, data2, data3; /* DATA3: 4 bits */
	unsigned address;                           /* 12 bits */
	unsigned char sum;                          /* that it should have */
};

/* Reads TEXT; with LENGTH nothing of P counts. */
enum ptz_fault ptz_read(struct str text, struct ptz *p);
void ptz_write(const struct ptz *p, struct buf *out);
/* What it does, as sentences in the user's language with '\n' behind each. */
void ptz_say(const struct ptz *p, struct buf *out);

/*
 * The part WORD ("right", "in", "call", …) of a command, with its number N
 * (speed, preset, group): put to what P has.  False where there is no such
 * word, N does not fit, or it does not go with what P has.
 */
bool ptz_put(struct ptz *p, struct str word, uint64_t n);
/* The I-th part of P, from 0 on: its word and number; NULL behind the last. A
 * stop has none. */
const char *ptz_part(const struct ptz *p, size_t i, unsigned *n);

#endif
