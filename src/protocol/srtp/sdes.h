/*
 * Keys for SRTP in SDP (RFC 4568): the lines a=crypto of a media stream, read
 * and written.  Each says how its sender's packets are made secret.
 */
#ifndef SRTP_SDES_H
#define SRTP_SDES_H

#include "base/buf.h"
#include "srtp/srtp.h"

#define SDES_LINES 16 /* of one stream that are looked at */

/* X(NAME, words): why a line cannot be taken. */
#define SDES_FAULTS(X)                                                         \
	X(NONE, "")                                                            \
	X(ABSENT, N_("there is no a=crypto"))                                  \
	X(SYNTAX, N_("a=crypto does not consist of a tag, a suite and keys"))  \
	X(TAG, N_("the tag of a=crypto is not a number, or is used twice"))    \
	X(SUITE, N_("the suite of a=crypto is not supported"))                 \
	X(METHOD, N_("the key of a=crypto is not given inline"))               \
	X(SEVERAL, N_("several keys in one a=crypto are not supported"))       \
	X(KEY, N_("the key and salt of a=crypto are not 30 octets in Base64")) \
	X(LIFETIME, N_("a key's lifetime is not a number up to 2^48"))         \
	X(MKI, N_("a master key identifier (MKI) is not supported"))           \
	X(PARAMETER, N_("a parameter of a=crypto is not supported"))           \
	X(MORE, N_("the answer contains more than one a=crypto"))              \
	X(OFFERED, N_("the offer does not contain the answer's tag and "       \
		      "suite"))

enum sdes_fault {
#define X(name, words) SDES_##name,
	SDES_FAULTS(X)
#undef X
};
const char *sdes_fault_words(enum sdes_fault fault); /* untranslated */

struct sdes_line {
	uint32_t tag;
	struct srtp_master master;
};

/* VALUE is the text behind "a=crypto:"; LINE is whole where there is no
 * fault. */
enum sdes_fault sdes_read(struct str value, struct sdes_line *line);
void sdes_write(const struct sdes_line *line, struct buf *out);
/* What its last word is: "inline:" and the key; and that read, into M except
 * for its suite. */
void sdes_write_key(const struct srtp_master *m, struct buf *out);
enum sdes_fault sdes_read_key(struct str text, struct srtp_master *m);

/* The first of an offer's N VALUES that can be taken (5.1.2) in LINE; where
 * none can, why the first, its sender's favourite, cannot. */
enum sdes_fault
sdes_choose(const struct str *values, size_t n, struct sdes_line *line);
/* The one of an answer's N VALUES in LINE; *WHICH of the OFFERED it takes
 * (5.1.3). */
enum sdes_fault sdes_read_answer(const struct str *values, size_t n,
    const struct sdes_line *offered, size_t noffered, struct sdes_line *line,
    size_t *which);

#endif
