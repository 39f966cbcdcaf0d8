/*
 * How good a call sounds, planned by the E-model: the transmission rating R of
 * ITU-T G.107 from delay and loss, all other parameters being its defaults, and
 * the mean opinion score that it stands for.  What a codec costs (Ie, Bpl) are
 * the provisional planning values of G.113; a codec that it has no value for
 * gets none here.
 *
 * Three scales that must not be mixed, nor drawn on one axis: narrowband
 * (G.107, R up to 93.2), wideband (G.107.1, up to 129; of the delay Idd alone,
 * no echo), fullband (G.107.2, up to 148; without loss, as sources differ in
 * its term).
 *
 * Loss has to have what the jitter buffer discards in it; delay what the
 * packet, the codec's look-ahead and the buffer take.
 */
#ifndef QUALITY_EMODEL_H
#define QUALITY_EMODEL_H

#include "base/str.h"

/* X(NAME, word, R at most, the rating with nothing impaired) */
#define EMODEL_SCALES(X)                 \
	X(NARROWBAND, "narrowband", 100) \
	X(WIDEBAND, "wideband", 129)     \
	X(FULLBAND, "fullband", 148)

enum emodel_scale {
#define X(name, word, top) EMODEL_##name,
	EMODEL_SCALES(X)
#undef X
};

/* What tells rows of one encoding from each other. */
#define EMODEL_CONCEALS 1u /* lost blocks of G.711 are made up (Appendix I) */
#define EMODEL_VAD      2u /* silence is not sent (Annex B, Annex A) */
#define EMODEL_TWO_EARS 4u /* listened to by headset, not handset */

struct emodel_codec {
	const char *name;     /* as G.113 has it, for people */
	const char *encoding; /* as SDP has it, NULL: never in SDP */
	uint32_t rate;        /* bit/s, 0: it has one */
	unsigned traits;
	enum emodel_scale scale;
	double ie, bpl;  /* below 0: there is none */
	bool sure;       /* held against several sources */
	const char *why; /* there is none, NULL where both are there */
};

/* All rows, I from 0 on; NULL behind the last. */
const struct emodel_codec *emodel_codec_at(size_t i);
/* The row of an encoding name (without case) with all its traits among TRAITS,
 * that with most of them; of RATE bit/s, 0: the first.  NULL: none. */
const struct emodel_codec *
emodel_codec_of(struct str encoding, uint32_t rate, unsigned traits);
/* The row with this NAME. */
const struct emodel_codec *emodel_codec_named(const char *name);

struct emodel_call {
	const struct emodel_codec *codec; /* NULL: unknown */
	double delay_ms;                  /* one way, mouth to ear */
	double loss;                      /* percent, 0 to 100 */
	double burst_ratio; /* BurstR, 1: at random (loss_bursts_ratio) */
};

struct emodel_rating {
	bool known;
	const char *why; /* it is not; untranslated, N_() */
	enum emodel_scale scale;
	int r100;                           /* R, 100 times */
	int mos1000;                        /* 1000 to 4500 */
	int ro100, is100, id100, ie_eff100; /* R = Ro - Is - Id - Ie,eff */
};

void emodel_rate(const struct emodel_call *call, struct emodel_rating *rating);
/* "wideband"; NULL of the narrowband scale, which goes without saying. */
const char *emodel_scale_word(enum emodel_scale scale);
/* MOS, 1000 times, of R on the narrowband scale. */
int emodel_mos1000(double r);
/* Idd: what delay alone costs (G.107 7.4). */
double emodel_idd(double delay_ms);

#endif
