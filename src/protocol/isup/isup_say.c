/*
 * What parameters say: indicators at fixed bits, numbers, causes, ranges.  Each
 * indicator is a row; what its values mean are lists that rows share.
 */
#include "isup/forms_in.h"

#include "base/octets.h"
#include "isup/q850.h"

struct word {
	uint8_t value;
	const char *text; /* NULL behind the last */
};

/* clang-format off */
static const struct word yes_no[] = { { 0, N_("no") }, { 1, N_("yes") }, { 0, NULL } };
static const struct word method[] = { { 0, N_("none") }, { 1, N_("pass-along") }, { 2, N_("by SCCP") }, { 3, N_("pass-along and by SCCP") }, { 0, NULL } };
static const struct word satellite[] = { { 0, N_("none") }, { 1, N_("one") }, { 2, N_("two") }, { 0, NULL } };
static const struct word check[] = { { 0, N_("not required") }, { 1, N_("required on this circuit") }, { 2, N_("continuity check done on a previous circuit") }, { 0, NULL } };
static const struct word call[] = { { 0, N_("national") }, { 1, N_("international") }, { 0, NULL } };
static const struct word preference[] = { { 0, N_("preferred all the way") }, { 1, N_("not required all the way") }, { 2, N_("required all the way") }, { 0, NULL } };
static const struct word access[] = { { 0, N_("not ISDN") }, { 1, N_("ISDN") }, { 0, NULL } };
static const struct word category[] = { { 0, N_("unknown") }, { 1, N_("operator, French") }, { 2, N_("operator, English") }, { 3, N_("operator, German") }, { 4, N_("operator, Russian") }, { 5, N_("operator, Spanish") }, { 0x0A, N_("ordinary subscriber") }, { 0x0B, N_("subscriber with priority") }, { 0x0C, N_("data call in the voice band") }, { 0x0D, N_("test call") }, { 0x0E, N_("emergency preference (IEPS)") }, { 0x0F, N_("payphone") }, { 0, NULL } };
static const struct word medium[] = { { 0, N_("speech") }, { 2, N_("64 kbit/s unrestricted") }, { 3, N_("3.1 kHz audio") }, { 6, N_("64 kbit/s preferred") }, { 7, N_("2 × 64 kbit/s unrestricted") }, { 8, N_("384 kbit/s unrestricted") }, { 9, N_("1536 kbit/s unrestricted") }, { 0x0A, N_("1920 kbit/s unrestricted") }, { 0, NULL } };
static const struct word charge[] = { { 0, N_("no indication") }, { 1, N_("no charge") }, { 2, N_("charge") }, { 0, NULL } };
static const struct word status[] = { { 0, N_("no indication") }, { 1, N_("subscriber free") }, { 2, N_("connect when free") }, { 0, NULL } };
static const struct word called[] = { { 0, N_("no indication") }, { 1, N_("ordinary subscriber") }, { 2, N_("payphone") }, { 0, NULL } };
static const struct word group[] = { { 0, N_("no closed user group") }, { 2, N_("closed user group, outgoing access allowed") }, { 3, N_("closed user group, outgoing access not allowed") }, { 0, NULL } };
static const struct word event[] = { { 1, N_("alerting") }, { 2, N_("progress") }, { 3, N_("in-band information is available") }, { 4, N_("call forwarded on busy") }, { 5, N_("call forwarded on no reply") }, { 6, N_("call forwarded unconditionally") }, { 0, NULL } };
static const struct word continuity[] = { { 0, N_("failed") }, { 1, N_("successful") }, { 0, NULL } };
static const struct word who[] = { { 0, N_("the ISDN user") }, { 1, N_("the network") }, { 0, NULL } };
static const struct word supervision[] = { { 0, N_("maintenance") }, { 1, N_("hardware failure") }, { 0, NULL } };
static const struct word included[] = { { 0, N_("not included") }, { 1, N_("not available") }, { 3, N_("included") }, { 0, NULL } };
static const struct word redirecting[] = { { 0, N_("none") }, { 1, N_("call rerouted") }, { 2, N_("call rerouted, all is restricted") }, { 3, N_("call diverted") }, { 4, N_("call diverted, all is restricted") }, { 5, N_("call rerouted, the number is restricted") }, { 6, N_("call diverted, the number is restricted") }, { 0, NULL } };
static const struct word reason[] = { { 0, N_("unknown") }, { 1, N_("busy") }, { 2, N_("no reply") }, { 3, N_("unconditional") }, { 4, N_("deflection while alerting") }, { 5, N_("deflection at once") }, { 6, N_("mobile not reachable") }, { 0, NULL } };
static const struct word notice[] = { { 0x79, N_("remote hold") }, { 0x7A, N_("remote retrieval") }, { 0x7B, N_("call is diverting") }, { 0, NULL } };
static const struct word transfer[] = { { 0, N_("speech") }, { 8, N_("unrestricted digital information") }, { 16, N_("3.1 kHz audio") }, { 0, NULL } };
static const struct word rate[] = { { 0x10, N_("circuit, 64 kbit/s") }, { 0, NULL } };
static const struct word layer[] = { { 0x22, N_("G.711 µ-law") }, { 0x23, N_("G.711 A-law") }, { 0, NULL } };
static const struct word nature[] = { { 1, N_("subscriber number") }, { 2, N_("unknown") }, { 3, N_("national (significant) number") }, { 4, N_("international number") }, { 5, N_("network-specific number") }, { 0, NULL } };
static const struct word plan[] = { { 0, N_("none") }, { 1, N_("telephony (E.164)") }, { 3, N_("data (X.121)") }, { 4, N_("telex (F.69)") }, { 5, N_("private") }, { 0, NULL } };
static const struct word presentation[] = { { 0, N_("allowed") }, { 1, N_("restricted") }, { 2, N_("not available") }, { 0, NULL } };
static const struct word screening[] = { { 0, N_("user provided, not verified") }, { 1, N_("user provided, verified and passed") }, { 2, N_("user provided, verified and failed") }, { 3, N_("network provided") }, { 0, NULL } };
static const struct word qualifier[] = { { 1, N_("additional called number") }, { 5, N_("additional connected number") }, { 6, N_("additional calling party number") }, { 7, N_("additional original called number") }, { 8, N_("additional redirecting number") }, { 0, NULL } };

/* Indicators: WIDTH bits of an octet, the lowest of them number SHIFT.  Words
 * NULL: a number. */
static const struct bits {
	uint8_t code, octet, shift, width;
	const char *name;
	const struct word *words;
} indicators[] = {
#define P(name) ISUP_PARAM_##name
	{ P(NCI), 0, 0, 2, N_("satellite circuits"), satellite },
	{ P(NCI), 0, 2, 2, N_("continuity check"), check },
	{ P(NCI), 0, 4, 1, N_("outgoing half echo control device"), yes_no },
	{ P(FCI), 0, 0, 1, N_("call"), call },
	{ P(FCI), 0, 1, 2, N_("end-to-end method"), method },
	{ P(FCI), 0, 3, 1, N_("interworking encountered"), yes_no },
	{ P(FCI), 0, 4, 1, N_("end-to-end information available"), yes_no },
	{ P(FCI), 0, 5, 1, N_("ISUP used all the way"), yes_no },
	{ P(FCI), 0, 6, 2, N_("ISUP"), preference },
	{ P(FCI), 1, 0, 1, N_("originating access"), access },
	{ P(FCI), 1, 1, 2, N_("SCCP method"), method },
	{ P(FCI), 1, 4, 1, N_("number translated (portability)"), yes_no },
	{ P(OPTIONAL_FCI), 0, 0, 2, N_("closed user group"), group },
	{ P(OPTIONAL_FCI), 0, 2, 1, N_("segments follow"), yes_no },
	{ P(OPTIONAL_FCI), 0, 7, 1, N_("connected line identity requested"), yes_no },
	{ P(CPC), 0, 0, 8, N_("category"), category },
	{ P(TMR), 0, 0, 8, N_("medium"), medium },
	{ P(TMR_PRIME), 0, 0, 8, N_("medium"), medium },
	{ P(TMU), 0, 0, 8, N_("medium"), medium },
	{ P(BCI), 0, 0, 2, N_("charge"), charge },
	{ P(BCI), 0, 2, 2, N_("called party's status"), status },
	{ P(BCI), 0, 4, 2, N_("called party's category"), called },
	{ P(BCI), 0, 6, 2, N_("end-to-end method"), method },
	{ P(BCI), 1, 0, 1, N_("interworking encountered"), yes_no },
	{ P(BCI), 1, 1, 1, N_("end-to-end information available"), yes_no },
	{ P(BCI), 1, 2, 1, N_("ISUP used all the way"), yes_no },
	{ P(BCI), 1, 3, 1, N_("holding requested"), yes_no },
	{ P(BCI), 1, 4, 1, N_("terminating access"), access },
	{ P(BCI), 1, 5, 1, N_("incoming half echo control device"), yes_no },
	{ P(BCI), 1, 6, 2, N_("SCCP method"), method },
	{ P(OPTIONAL_BCI), 0, 0, 1, N_("in-band information is available"), yes_no },
	{ P(OPTIONAL_BCI), 0, 1, 1, N_("call diversion may occur"), yes_no },
	{ P(OPTIONAL_BCI), 0, 2, 1, N_("segments follow"), yes_no },
	{ P(OPTIONAL_BCI), 0, 3, 1, N_("MLPP user"), yes_no },
	{ P(EVENT), 0, 0, 7, N_("event"), event },
	{ P(EVENT), 0, 7, 1, N_("presentation restricted"), yes_no },
	{ P(CONTINUITY), 0, 0, 1, N_("continuity check"), continuity },
	{ P(SUSPEND), 0, 0, 1, N_("initiated by"), who },
	{ P(SUPERVISION), 0, 0, 2, N_("because of"), supervision },
	{ P(INFORMATION_REQUEST), 0, 0, 1, N_("calling party number requested"), yes_no },
	{ P(INFORMATION_REQUEST), 0, 1, 1, N_("holding requested"), yes_no },
	{ P(INFORMATION_REQUEST), 0, 2, 1, N_("category requested"), yes_no },
	{ P(INFORMATION_REQUEST), 0, 3, 1, N_("charge information requested"), yes_no },
	{ P(INFORMATION), 0, 0, 2, N_("calling party number"), included },
	{ P(INFORMATION), 0, 2, 1, N_("hold provided"), yes_no },
	{ P(INFORMATION), 0, 5, 1, N_("category included"), yes_no },
	{ P(INFORMATION), 0, 7, 1, N_("unsolicited"), yes_no },
	{ P(REDIRECTION_INFORMATION), 0, 0, 3, N_("redirecting"), redirecting },
	{ P(REDIRECTION_INFORMATION), 0, 4, 4, N_("original reason"), reason },
	{ P(REDIRECTION_INFORMATION), 1, 0, 3, N_("number of redirections"), NULL },
	{ P(REDIRECTION_INFORMATION), 1, 4, 4, N_("reason"), reason },
	{ P(NOTIFICATION), 0, 0, 7, N_("notification"), notice },
	{ P(HOP_COUNTER), 0, 0, 5, N_("exchanges that the call may still pass"), NULL },
	{ P(USER_SERVICE), 0, 0, 5, N_("transfer capability"), transfer },
	{ P(USER_SERVICE), 1, 0, 7, N_("mode and rate"), rate },
	{ P(USER_SERVICE), 2, 0, 7, N_("layer 1"), layer },
#undef P
};
/* clang-format on */

static const struct param_row {
	const char *section, *words;
	enum isup_form form;
} params[256] = {
#define X(name, code, octets, form, section, words) \
	[code] = { "Q.763 " section, words, FORM_##form },
	ISUP_PARAMS(X)
#undef X
};

enum isup_form
isup_form(unsigned code)
{
	return params[code & 0xFF].form;
}

const char *
isup_param_words(unsigned code, const char **section)
{
	const struct param_row *row = &params[code & 0xFF];

	if (row->words == NULL)
		return NULL;
	*section = row->section;
	return _(row->words);
}

/* "name: value." */
static void
isup_words_say_text(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, _("%s: %s."), _(name), value);
	buf_putc(out, '\n');
}

static void
isup_words_say_count(struct buf *out, const char *name, unsigned value)
{
	buf_printf(out, _("%s: %u."), _(name), value);
	buf_putc(out, '\n');
}

static void
say_word(
    struct buf *out, const char *name, const struct word *words, unsigned value)
{
	for (; words != NULL && words->text != NULL; words++)
		if (words->value == value) {
			isup_words_say_text(out, name, _(words->text));
			return;
		}
	isup_words_say_count(out, name, value);
}

static bool
say_bits(const struct isup_param *p, struct buf *out)
{
	bool whole = true;

	for (size_t i = 0; i < COUNT_OF(indicators); i++) {
		const struct bits *b = &indicators[i];

		if (b->code != p->code)
			continue;
		if (b->octet < p->value.n)
			say_word(out, b->name, b->words,
			    (uint8_t)p->value.p[b->octet] >> b->shift &
				((1u << b->width) - 1));
		else
			whole = whole && b->octet > 0;
	}
	return whole;
}

static bool
say_number(const struct isup_param *p, struct buf *out)
{
	enum isup_form form = isup_form(p->code);
	struct isup_number n;

	if (!isup_number_read(p->code, p->value, &n))
		return false;
	if (form == FORM_GENERIC)
		say_word(out, N_("qualifier"), qualifier, n.qualifier);
	if (form != FORM_SUBSEQUENT) {
		say_word(out, N_("nature of address"), nature, n.nature);
		say_word(out, N_("numbering plan"), plan, n.plan);
	}
	if (form == FORM_CALLED)
		say_word(out, N_("routing to an internal number not allowed"),
		    yes_no, n.flag);
	if (form != FORM_CALLED && form != FORM_SUBSEQUENT)
		say_word(out, N_("presentation"), presentation, n.presentation);
	if (form == FORM_CALLING || form == FORM_GENERIC) {
		say_word(out, N_("screening"), screening, n.screening);
		say_word(out, N_("number incomplete"), yes_no, n.flag);
	}
	isup_words_say_text(out, N_("digits"), n.digits);
	if (n.complete)
		buf_printf(out, "%s\n",
		    _("ST after the digits: the number is complete."));
	return true;
}

/* Octets in hexadecimal, for lists of codes. */
static void
say_codes(struct buf *out, const char *name, struct str codes)
{
	struct buf list = BUF_INIT;

	for (size_t i = 0; i < codes.n; i++)
		buf_printf(&list, i > 0 ? " %02x" : "%02x",
		    (unsigned)(uint8_t)codes.p[i]);
	isup_words_say_text(out, name, buf_cstr(&list));
	buf_end(&list, &out->err);
}

/* IA5 digits. */
static void
say_digits(struct buf *out, const char *name, struct str digits)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < digits.n; i++)
		buf_putc(&text, (char)(digits.p[i] & 0x7F));
	if (strspn(buf_cstr(&text), "0123456789") == digits.n)
		isup_words_say_text(out, name, buf_cstr(&text));
	else
		say_codes(out, name, digits);
	buf_end(&text, &out->err);
}

/* What the diagnostics of causes are (Q.850 table 1): words of the lowest bits
 * of the first octet, or the octets themselves. */
static const struct word condition[] = { { 0, N_("unknown") },
	{ 1, N_("permanent") }, { 2, N_("transient") }, { 0, NULL } };
static const struct word ccbs[] = { { 1, N_("possible") },
	{ 2, N_("not possible") }, { 0, NULL } };
static const struct diagnostic_row {
	uint8_t cause, bits;
	const char *name;
	const struct word *words; /* NULL: none are known */
	void (*say)(struct buf *out, const char *name, struct str octets);
} diagnostics[] = {
	/* clang-format off */
	{ 1, 3, N_("condition"), condition, NULL },
	{ 3, 3, N_("condition"), condition, NULL },
	{ 16, 3, N_("condition"), condition, NULL },
	{ 21, 3, N_("condition"), condition, NULL },
	{ 17, 0x7F, N_("completion of calls to a busy subscriber (CCBS)"), ccbs, NULL },
	{ 34, 0x7F, N_("completion of calls to a busy subscriber (CCBS)"), ccbs, NULL },
	{ 2, 0, N_("transit network"), NULL, say_digits },
	{ 43, 0, N_("discarded information elements"), NULL, say_codes },
	{ 57, 0, N_("attributes of the bearer"), NULL, say_codes },
	{ 58, 0, N_("attributes of the bearer"), NULL, say_codes },
	{ 65, 0, N_("attributes of the bearer"), NULL, say_codes },
	{ 66, 0, N_("channel type"), NULL, say_codes },
	{ 69, 0, N_("facility"), NULL, say_codes },
	{ 82, 0, N_("channel"), NULL, say_codes },
	{ 88, 0, N_("incompatible parameter"), NULL, say_codes },
	{ 96, 0, N_("information elements"), NULL, say_codes },
	{ 97, 0, N_("message type"), NULL, say_codes },
	{ 98, 0, N_("message type"), NULL, say_codes },
	{ 99, 0, N_("parameters or information elements"), NULL, say_codes },
	{ 100, 0, N_("information elements"), NULL, say_codes },
	{ 101, 0, N_("message type"), NULL, say_codes },
	{ 102, 0, N_("timer"), NULL, say_digits },
	{ 103, 0, N_("parameters or information elements"), NULL, say_codes },
	/* clang-format on */
};

static void
say_diagnostics(
    const struct q850_indicators *c, const char *number, struct buf *out)
{
	if (number != NULL) {
		isup_words_say_text(out, N_("new number"), number);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(diagnostics); i++) {
		const struct diagnostic_row *row = &diagnostics[i];

		if (c->coding != 0 || row->cause != c->cause)
			continue;
		if (row->say != NULL)
			row->say(out, row->name, c->diagnostics);
		else
			say_word(out, row->name, row->words,
			    (uint8_t)c->diagnostics.p[0] & row->bits);
		return;
	}
	isup_words_say_count(
	    out, N_("octets of diagnostics"), (unsigned)c->diagnostics.n);
}

static bool
say_cause(const struct isup_param *p, struct buf *out)
{
	struct q850_indicators c;
	struct isup_number n;
	bool moved;

	if (!q850_read(p->value, &c))
		return false;
	moved = isup_number_of_cause(&c, &n);
	if (c.coding == 0)
		q850_say(c.cause, c.location, moved, out);
	else
		isup_words_say_count(
		    out, N_("cause of another coding standard"), c.cause);
	if (c.diagnostics.n > 0)
		say_diagnostics(&c, moved ? n.digits : NULL, out);
	return true;
}

static bool
say_range(const struct isup_param *p, struct buf *out)
{
	struct buf list = BUF_INIT;
	unsigned circuits, marked = 0;

	if (p->value.n == 0)
		return false;
	circuits = (uint8_t)p->value.p[0] + 1u;
	isup_words_say_count(out,
	    N_("circuits, starting with the circuit of the message"), circuits);
	if (p->value.n == 1)
		return true;
	if (p->value.n - 1 < (circuits + 7) / 8)
		return false;
	for (unsigned i = 0; i < circuits; i++)
		if (((uint8_t)p->value.p[1 + i / 8] >> i % 8 & 1) != 0)
			buf_printf(&list, marked++ > 0 ? " %u" : "%u", i);
	isup_words_say_text(out, N_("marked circuits, counted from 0"),
	    marked > 0 ? buf_cstr(&list) : _("none"));
	buf_end(&list, &out->err);
	return true;
}

bool
isup_param_say(const struct isup_param *p, struct buf *out)
{
	switch (isup_form(p->code)) {
	case FORM_BITS:
		return say_bits(p, out);
	case FORM_CAUSE:
		return say_cause(p, out);
	case FORM_RANGE:
		return say_range(p, out);
	case FORM_MILLISECONDS:
		if (p->value.n < 2)
			return false;
		isup_words_say_count(
		    out, N_("milliseconds"), get16(p->value.p));
		return true;
	case FORM_CALLED:
	case FORM_CALLING:
	case FORM_REDIRECTING:
	case FORM_SUBSEQUENT:
	case FORM_GENERIC:
		break;
	}
	return say_number(p, out);
}
