/*
 * pcap: a head of 24 bytes, then each packet behind a head of its own.
 */
#include "packets/container.h"

#include "base/err.h"
#include "base/mem.h"
#include "wire/bytes.h"

#define FILE_HEAD   24
#define PACKET_MOST 262144 /* as libpcap and Wireshark have it */

/* What a pcap file may begin with; "modified" is what some Linux wrote. */
static const struct pcap_magic {
	uint32_t value;
	bool nano;
	uint8_t head;
} magics[] = {
	{ 0xa1b2c3d4, false, 16 },
	{ 0xa1b23c4d, true, 16 },
	{ 0xa1b2cd34, false, 24 },
};

static const struct pcap_magic *
find_magic(struct str head, bool *swapped)
{
	for (int order = 0; order < 2; order++)
		for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
			if (head.n >= 4 &&
			    file32(head.p, order == 1) == magics[i].value) {
				*swapped = order == 1;
				return &magics[i];
			}
	return NULL;
}

bool
container_is(struct str head)
{
	bool swapped;

	return str_starts(head, "\x0a\x0d\x0d\x0a") ||
	       find_magic(head, &swapped) != NULL;
}

void
container_begin(
    struct container *c, struct source *source, struct diag *trouble)
{
	c->source = source;
	c->trouble = trouble;
}

/* What the file's head says, of which HEAD has all or what there is. */
static void
read_file_head(struct container *c, struct str head)
{
	const struct pcap_magic *magic = find_magic(head, &c->swapped);

	c->begun = true;
	c->ng = magic == NULL;
	if (!c->ng) {
		c->nano = magic->nano;
		c->head = magic->head;
	}
	if (head.n < FILE_HEAD) {
		diag_set(c->trouble, ERR_SYNTAX, NULL, 0,
		    _("the capture ends in its first bytes"));
		return;
	}
	if (c->ng)
		return;
	/* The upper bits say how long the frames' check sums are. */
	c->link = file32(head.p + 20, c->swapped) & 0xffff;
	source_skip(c->source, FILE_HEAD);
}

void
container_end(struct container *c)
{
	mem_free(c->interfaces);
	c->interfaces = NULL;
	c->ninterfaces = 0;
}

/* The next N bytes were wanted, and are not all there. */
static enum container_got
say_torn(struct container *c)
{
	if (source_waits(c->source))
		return CONTAINER_WAITS;
	diag_set(c->trouble, ERR_SYNTAX, NULL, 0,
	    _("the capture ends inside packet %llu"),
	    (unsigned long long)c->number + 1);
	return CONTAINER_END;
}

static enum container_got
container_next_pcap(struct container *c, struct packet *p)
{
	struct str in = source_look(c->source, c->head);
	uint32_t kept, fraction;
	uint64_t at;

	if (in.n == 0 && !source_waits(c->source))
		return CONTAINER_END;
	if (in.n < c->head)
		return say_torn(c);
	kept = file32(in.p + 8, c->swapped);
	if (kept > PACKET_MOST) {
		diag_set(c->trouble, ERR_SYNTAX, NULL, 0,
		    _("packet %llu claims to have %u bytes; what follows is "
		      "not read"),
		    (unsigned long long)c->number + 1, kept);
		return CONTAINER_END;
	}
	in = source_look(c->source, c->head + kept);
	if (in.n < c->head + kept)
		return say_torn(c);
	fraction = file32(in.p + 4, c->swapped);
	at = source_at(c->source);
	*p = (struct packet){
		.t = (int64_t)file32(in.p, c->swapped) * 1000000000 +
		     (int64_t)fraction * (c->nano ? 1 : 1000),
		.number = ++c->number,
		.at = at + c->head,
		.link = c->link,
		.data = str_slice(in, c->head, c->head + kept),
		.length = file32(in.p + 12, c->swapped),
	};
	/* The bytes stay in the window until it is looked at again. */
	source_skip(c->source, c->head + kept);
	return CONTAINER_PACKET;
}

enum container_got
container_next(struct container *c, struct packet *p)
{
	enum container_got got;
	struct str head;

	if (c->ended)
		return CONTAINER_END;
	if (!c->begun) {
		head = source_look(c->source, FILE_HEAD);
		if (head.n < FILE_HEAD && source_waits(c->source))
			return CONTAINER_WAITS;
		read_file_head(c, head);
	}
	got = c->ng ? container_next_ng(c, p) : container_next_pcap(c, p);
	c->ended = got == CONTAINER_END;
	return got;
}
