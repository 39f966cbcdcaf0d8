/* Causes (ITU-T Q.850) and the statuses of SIP for them; see isup/q850.h. */
#include "isup/q850.h"

#define LOCATION_USER   0
#define LOCATION_REMOTE 4 /* public network serving the remote user */

#define NOT_EXTENDED 0x80 /* the octet is the last of its group */

#define CAUSE_NORMAL   16
#define CAUSE_REJECTED 21
#define Q850_CHANGED   22
#define CAUSE_DEFAULT  31 /* 8.2.6.1 */
#define CAUSE_BEARER   65 /* 8.2.6.1, by a Warning */
#define STATUS_DEFAULT 500
#define STATUS_DECLINE 603
#define STATUS_MOVED   301
#define STATUS_ACCEPT  488
#define STATUS_NOWHERE 606

static const struct cause_row {
	uint8_t cause;
	uint16_t status;
	const char *words;
} causes[] = {
#define X(cause, status, words) { cause, status, words },
	Q850_CAUSES(X)
#undef X
};

static const struct location_row {
	uint8_t location;
	const char *name, *words;
} locations[] = {
#define X(location, name, words) { location, name, words },
	Q850_LOCATIONS(X)
#undef X
};

static const struct {
	uint16_t status;
	uint8_t cause;
} statuses[] = {
#define X(status, cause) { status, cause },
	Q850_STATUSES(X)
#undef X
};

static const struct cause_row *
find_cause(unsigned cause)
{
	for (size_t i = 0; i < COUNT_OF(causes); i++)
		if (causes[i].cause == cause)
			return &causes[i];
	return NULL;
}

const char *
q850_words(unsigned cause)
{
	static const char *const classes[] = { N_("a normal event"),
		N_("a normal event"), N_("resources are not available"),
		N_("a service or option is not available"),
		N_("a service or option is not implemented"),
		N_("an invalid message"), N_("a protocol error"),
		N_("interworking with another network") };
	const struct cause_row *row = find_cause(cause);

	return _(row != NULL ? row->words : classes[cause >> 4 & 7]);
}

unsigned
q850_location_named(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(locations); i++)
		if (str_iis(name, locations[i].name))
			return locations[i].location;
	return Q850_NO_LOCATION;
}

const char *
q850_location_name(unsigned location)
{
	for (size_t i = 0; i < COUNT_OF(locations); i++)
		if (locations[i].location == location)
			return locations[i].name;
	return NULL;
}

unsigned
q850_status(unsigned cause, unsigned location, bool number)
{
	const struct cause_row *row = find_cause(cause);

	if (cause == CAUSE_REJECTED && location == LOCATION_USER)
		return STATUS_DECLINE;
	if (cause == Q850_CHANGED && number)
		return STATUS_MOVED;
	return row != NULL ? row->status : STATUS_DEFAULT;
}

unsigned
q850_cause(unsigned status, bool bearer)
{
	for (size_t i = 0; i < COUNT_OF(statuses); i++)
		if (statuses[i].status == status)
			return statuses[i].cause;
	return bearer && (status == STATUS_ACCEPT || status == STATUS_NOWHERE)
		   ? CAUSE_BEARER
		   : CAUSE_DEFAULT;
}

unsigned
q850_location(unsigned status)
{
	return status >= 600 ? LOCATION_USER : LOCATION_REMOTE;
}

void
q850_say(unsigned cause, unsigned location, bool number, struct buf *out)
{
	unsigned status = q850_status(cause, location, number);

	buf_printf(out, _("Q.850 cause %u: %s."), cause, q850_words(cause));
	buf_putc(out, '\n');
	for (size_t i = 0; i < COUNT_OF(locations); i++)
		if (locations[i].location == location) {
			buf_printf(out, _("Location: %s (%s)."),
			    _(locations[i].words), locations[i].name);
			buf_putc(out, '\n');
		}
	if (status == STATUS_MOVED)
		buf_printf(out,
		    _("Before the call is answered, a gateway maps it to "
		      "status %u, with the new number in Contact (RFC 3398 "
		      "7.2.4.1)."),
		    status);
	else if (status != 0)
		buf_printf(out,
		    _("Before the call is answered, a gateway maps it to "
		      "status %u (RFC 3398 7.2.4.1)."),
		    status);
	else if (cause == CAUSE_NORMAL)
		buf_puts(out, _("A gateway maps it to BYE or CANCEL (RFC 3398 "
				"7.2.4.1)."));
	else
		buf_puts(out, _("A gateway tries another circuit and sends no "
				"SIP message (RFC 3398 7.2.4.1)."));
	buf_putc(out, '\n');
}

bool
q850_read(struct str value, struct q850_indicators *c)
{
	size_t at = 1;

	/* An octet 1a names a recommendation. */
	if (value.n > 0 && ((uint8_t)value.p[0] & NOT_EXTENDED) == 0)
		at = 2;
	if (value.n <= at)
		return false;
	*c = (struct q850_indicators){
		.coding = (uint8_t)value.p[0] >> 5 & 3,
		.location = (uint8_t)value.p[0] & 15,
		.cause = (uint8_t)value.p[at] & 0x7F,
		.diagnostics = str_slice(value, at + 1, value.n),
	};
	return true;
}

void
q850_write(const struct q850_indicators *c, struct buf *out)
{
	buf_putc(out,
	    (char)(NOT_EXTENDED | (c->coding & 3) << 5 | (c->location & 15)));
	buf_putc(out, (char)(NOT_EXTENDED | (c->cause & 0x7F)));
	buf_str(out, c->diagnostics);
}
