/* The E-model (ITU-T G.107) and its codecs (G.113); see quality/emodel.h. */
#include "quality/emodel.h"

#include "base/i18n.h"
#include "base/rows.h"
#include "quality/portable_math.h"

#include <math.h>
#include <stdint.h>

/* ---- G.113: codecs ---- */

#define NONE   (-1.0)
#define NO_ROW N_("G.113 has no value for this codec")
#define NO_BPL N_("G.113 has no value for this codec with packet loss")
#define NO_SOURCE                                                      \
	N_("the values that are commonly used for this codec have no " \
	   "published source")
#define NO_TERM                                                              \
	N_("published sources disagree on the effect of packet loss on the " \
	   "fullband scale")

#define NB EMODEL_NARROWBAND
#define WB EMODEL_WIDEBAND
#define FB EMODEL_FULLBAND

static const struct emodel_codec codecs[] = {
	{ "G.711", "PCMU", 0, 0, NB, 0, 4.3, true, NULL },
	{ "G.711 with concealment", "PCMU", 0, EMODEL_CONCEALS, NB, 0, 25.1,
	    true, NULL },
	{ "G.711", "PCMA", 0, 0, NB, 0, 4.3, true, NULL },
	{ "G.711 with concealment", "PCMA", 0, EMODEL_CONCEALS, NB, 0, 25.1,
	    true, NULL },
	{ "G.729", "G729", 0, 0, NB, 10, NONE, true, NO_BPL },
	{ "G.729A with VAD", "G729", 0, EMODEL_VAD, NB, 11, 19.0, true, NULL },
	{ "G.723.1 6.3 kbit/s", "G723", 6300, 0, NB, 15, NONE, true, NO_BPL },
	{ "G.723.1 6.3 kbit/s with VAD", "G723", 6300, EMODEL_VAD, NB, 15, 16.1,
	    true, NULL },
	{ "G.723.1 5.3 kbit/s", "G723", 5300, 0, NB, 19, NONE, true, NO_BPL },
	{ "GSM-EFR", "GSM-EFR", 0, 0, NB, 5, 10.0, true, NULL },
	{ "GSM-FR", "GSM", 0, 0, NB, 20, NONE, true, NO_BPL },
	{ "GSM-HR", "GSM-HR-08", 0, 0, NB, 23, NONE, false, NO_BPL },
	{ "G.726 40 kbit/s", "G726-40", 0, 0, NB, 2, NONE, false, NO_BPL },
	{ "G.726 32 kbit/s", "G726-32", 0, 0, NB, 7, NONE, true, NO_BPL },
	{ "G.726 24 kbit/s", "G726-24", 0, 0, NB, 25, NONE, false, NO_BPL },
	{ "G.726 16 kbit/s", "G726-16", 0, 0, NB, 50, NONE, false, NO_BPL },
	{ "G.728", "G728", 0, 0, NB, 7, NONE, false, NO_BPL },
	{ "IS-641", NULL, 0, 0, NB, 10, NONE, true, NO_BPL },
	{ "AMR", "AMR", 0, 0, NB, NONE, NONE, true, NO_ROW },
	{ "iLBC", "iLBC", 0, 0, NB, NONE, NONE, true, NO_SOURCE },
	{ "Speex", "speex", 0, 0, NB, NONE, NONE, true, NO_ROW },
	{ "Opus", "opus", 0, 0, FB, NONE, NONE, true, NO_ROW },
	{ "G.722 64 kbit/s", "G722", 64000, 0, WB, 13, NONE, false, NO_BPL },
	{ "G.722 56 kbit/s", "G722", 56000, 0, WB, 20, NONE, false, NO_BPL },
	{ "G.722 48 kbit/s", "G722", 48000, 0, WB, 31, NONE, false, NO_BPL },
#define AMR_WB(words, rate, one, two, bpl, why)                           \
	{ "AMR-WB " words " kbit/s, one ear", "AMR-WB", rate, 0, WB, one, \
		NONE, true, NO_BPL },                                     \
	{                                                                 \
		"AMR-WB " words " kbit/s, two ears", "AMR-WB", rate,      \
		    EMODEL_TWO_EARS, WB, two, bpl, true, why              \
	}
	AMR_WB("12.65", 12650, 13, 20, 4.3, NULL),
	AMR_WB("6.6", 6600, 41, 56, NONE, NO_BPL),
	AMR_WB("8.85", 8850, 26, 41, NONE, NO_BPL),
	AMR_WB("14.25", 14250, 10, NONE, NONE, NO_ROW),
	AMR_WB("15.85", 15850, 7, 17, NONE, NO_BPL),
	AMR_WB("18.25", 18250, 5, NONE, NONE, NO_ROW),
	AMR_WB("19.85", 19850, 3, NONE, NONE, NO_ROW),
	AMR_WB("23.05", 23050, 1, 8, 4.6, NULL),
	AMR_WB("23.85", 23850, 8, 10, 4.9, NULL),
#define EVS(words, rate, ie, bpl)                                  \
	{                                                          \
		"EVS SWB " words " kbit/s, two ears", "EVS", rate, \
		    EMODEL_TWO_EARS, FB, ie, bpl, true, NO_TERM    \
	}
	EVS("13.2", 13200, 17.1, 11.7),
	EVS("9.6", 9600, 22.7, 13),
	EVS("16.4", 16400, 10.8, 10.3),
	EVS("24.4", 24400, 7.2, 11.4),
	EVS("32", 32000, 8.7, 9.3),
	EVS("48", 48000, 10.2, 9.6),
};

const struct emodel_codec *
emodel_codec_at(size_t i)
{
	return i < COUNT_OF(codecs) ? &codecs[i] : NULL;
}

static unsigned
ntraits(const struct emodel_codec *c)
{
	unsigned n = 0;

	for (unsigned left = c->traits; left != 0; left >>= 1)
		n += left & 1;
	return n;
}

const struct emodel_codec *
emodel_codec_of(struct str encoding, uint32_t rate, unsigned traits)
{
	const struct emodel_codec *best = NULL;

	for (size_t i = 0; i < COUNT_OF(codecs); i++) {
		const struct emodel_codec *c = &codecs[i];

		if (c->encoding == NULL || !str_iis(encoding, c->encoding) ||
		    (rate != 0 && c->rate != 0 && c->rate != rate) ||
		    (c->traits & ~traits) != 0)
			continue;
		if (best == NULL ||
		    (ntraits(c) > ntraits(best) && c->rate == best->rate))
			best = c;
	}
	return best;
}

const struct emodel_codec *
emodel_codec_named(const char *name)
{
	return ROWS_ROW(str_of(name), codecs);
}

/* ---- G.107: the rating ---- */

/* The defaults of G.107, table 2: decibels, except for QDU. */
#define SLR  8.0
#define RLR  2.0
#define STMR 15.0
#define LSTR 18.0
#define DS   3.0
#define TELR 65.0
#define WEPL 110.0
#define QDU  1.0
#define NC   (-70.0)
#define NFOR (-64.0)
#define PS   35.0
#define PR   35.0
#define OLR  (SLR + RLR)
#define MT   100.0 /* ms of delay without effect */

static double
from_db(double db)
{
	return portable_pow(10, db / 10);
}

static double
to_db(double x)
{
	return 10 * portable_log10(x);
}

/* (1 + x^n)^(1/n) */
static double
soft_max(double x, double n)
{
	return portable_pow(1 + portable_pow(x, n), 1 / n);
}

/* No: all noise, at the point of 0 dBr. */
static double
noise(void)
{
	double pre = PR + to_db(1 + from_db(10 - LSTR));
	double room = PS - OLR - DS - 14;
	double nos = PS - SLR - DS - 100 + 0.004 * room * room;
	double nor = RLR - 121 + pre + 0.008 * (pre - 35) * (pre - 35);

	return to_db(
	    from_db(NC) + from_db(nos) + from_db(nor) + from_db(NFOR + RLR));
}

/* Ist: sidetone that does not fit; T: delay of the echo's path, ms. */
static double
sidetone(double t)
{
	double s =
	    -to_db(from_db(-STMR) + portable_exp(-t / 4) * from_db(-TELR));

	return 12 * soft_max((s - 13) / 6, 8) -
	       28 * soft_max((s + 1) / 19.4, 35) -
	       13 * soft_max((s - 3) / 33, 13) + 29;
}

/* Iq: quantizing. */
static double
quantizing(double ro)
{
	double q = 37 - 15 * portable_log10(QDU);
	double g = 1.07 + 0.258 * q + 0.0602 * q * q;
	double y = (ro - 100) / 15 + 46 / 8.4 - g / 9;
	double z = 46.0 / 30 - g / 40;

	return 15 *
	       portable_log10(1 + portable_pow(10, y) + portable_pow(10, z));
}

/* Is: what happens at the same time as the voice. */
static double
simultaneous(double no, double ro, double t)
{
	double x = (OLR + 0.2 * (64 + no - RLR)) / 8;

	return 20 * (soft_max(x, 8) - x) + sidetone(t) + quantizing(ro);
}

/* Half the distance of A and B, and what rounds its corner. */
static double
corner(double a, double b, double round)
{
	return (a - b) / 2 + sqrt((a - b) * (a - b) / 4 + round);
}

/* Idte: the talker's own echo. */
static double
talker_echo(double no, double t)
{
	double terv = TELR - 40 * portable_log10((1 + t / 10) / (1 + t / 150)) +
		      6 * portable_exp(-0.3 * t * t);
	double re = 80 + 2.5 * (terv - 14);

	return (corner(-1.5 * (no - RLR), re, 100) - 1) *
	       (1 - portable_exp(-t));
}

/* Idle: the listener's; TR: the round trip. */
static double
listener_echo(double ro, double tr)
{
	double rle = 10.5 * (WEPL + 7) / sqrt(sqrt(tr + 1));

	return corner(ro, rle, 169);
}

double
emodel_idd(double delay_ms)
{
	double x;

	if (delay_ms <= MT)
		return 0;
	x = portable_log10(delay_ms / MT) / portable_log10(2);
	return 25 * (soft_max(x, 6) - 3 * soft_max(x / 3, 6) + 2);
}

/* The form of G.107 B.4: below 6.5 the cubic would be less than 1. */
int
emodel_mos1000(double r)
{
	double mos;

	if (r <= 0)
		return 1000;
	if (r >= 100)
		return 4500;
	mos = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
	return mos < 1 ? 1000 : (int)(1000 * mos + 0.5);
}

static int
hundred_times(double x)
{
	return (int)(100 * x + (x < 0 ? -0.5 : 0.5));
}

/* ---- a call ---- */

/* Why C has no rating with this loss, or NULL. */
static const char *
emodel_why_not(const struct emodel_codec *c, double loss)
{
	if (c == NULL)
		return NO_ROW;
	if (c->ie < 0)
		return c->why;
	return loss > 0 ? c->why : NULL;
}

/* Ie,eff; the 95 is that of each scale. */
static double
equipment(const struct emodel_call *call)
{
	const struct emodel_codec *c = call->codec;
	double burst = call->burst_ratio > 1 ? call->burst_ratio : 1;

	if (call->loss <= 0)
		return c->ie;
	return c->ie +
	       (95 - c->ie) * call->loss / (call->loss / burst + c->bpl);
}

/* Ro, Is and Id of the codec's scale. */
static void
rate_path(enum emodel_scale scale, double d, double *ro, double *is, double *id)
{
	static const double tops[] = {
#define X(name, word, top) top,
		EMODEL_SCALES(X)
#undef X
	};
	double no;

	*ro = tops[scale];
	*is = 0;
	*id = emodel_idd(d);
	if (scale != EMODEL_NARROWBAND)
		return;
	no = noise();
	*ro = 15 - 1.5 * (SLR + no);
	*is = simultaneous(no, *ro, d);
	*id += talker_echo(no, d) + listener_echo(*ro, 2 * d);
}

/* MOS is that of R on the narrowband scale: of 129 100 remain. */
static double
narrowed(enum emodel_scale scale, double r)
{
	return scale == EMODEL_WIDEBAND   ? r / 1.29
	       : scale == EMODEL_FULLBAND ? r / 1.48
					  : r;
}

void
emodel_rate(const struct emodel_call *call, struct emodel_rating *rating)
{
	double d = call->delay_ms > 0 ? call->delay_ms : 0;
	double ro, is, id, ie, r;

	*rating = (struct emodel_rating){ .why = emodel_why_not(
					      call->codec, call->loss) };
	if (call->codec != NULL)
		rating->scale = call->codec->scale;
	if (rating->why != NULL)
		return;
	rate_path(rating->scale, d, &ro, &is, &id);
	ie = equipment(call);
	r = ro - is - id - ie;
	rating->known = true;
	rating->r100 = hundred_times(r);
	rating->mos1000 = emodel_mos1000(narrowed(rating->scale, r));
	rating->ro100 = hundred_times(ro);
	rating->is100 = hundred_times(is);
	rating->id100 = hundred_times(id);
	rating->ie_eff100 = hundred_times(ie);
}

const char *
emodel_scale_word(enum emodel_scale scale)
{
	static const char *const words[] = {
#define X(name, word, top) word,
		EMODEL_SCALES(X)
#undef X
	};

	return scale != EMODEL_NARROWBAND ? words[scale] : NULL;
}
