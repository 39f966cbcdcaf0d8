/*
 * The life of a handset: switching it on makes a board with the firmware in it;
 * a crash, or switching it off, takes the board away.
 */
#include "roles/handset/handset_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/ref.h"
#include "emu/s3c2410a.h"
#include "roles/handset/handset_image.h"
#include "sim/rng.h"
#include "sip/defaults.h"
#include "wire/frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/*
 * What the boot loader tells the firmware: words of "key=value", as
 * docs/HANDSET.md lists them.  A value with spaces stands in double quotes; a
 * double quote within one is left out.
 */

static void
put_word(struct buf *out, const char *key, const char *value)
{
	bool quoted = strpbrk(value, " ;") != NULL;

	buf_printf(
	    out, "%s%s=%s", out->n > 0 ? " " : "", key, quoted ? "\"" : "");
	for (; *value != '\0'; value++)
		if (*value != '"' && (unsigned char)*value >= ' ')
			buf_putc(out, *value);
	if (quoted)
		buf_putc(out, '"');
}

static void
put_addr(struct buf *out, const char *key, const struct addr *a, bool port)
{
	struct buf text = BUF_INIT;

	if (port)
		addr_write(a, &text);
	else
		addr_write_host(a, &text);
	if (text.err != 0)
		out->err = text.err;
	else
		put_word(out, key, buf_cstr(&text));
	buf_free(&text);
}

/* Attributes that the firmware gets as they are. */
static const struct {
	const char *attr, *key;
} plain[] = {
	{ "password", "password" },
	{ "label", "display" },
	{ "phonebook", "phonebook" },
	{ "codecs", "codecs" },
	{ "language", "lang" },
	{ "transport", "transport" },
};

/* Yes or no. */
static const char *const switches[] = { "register", "compact", "media" };

static void
put_outbound(const struct handset *h, struct buf *out)
{
	struct str names = str_of(node_attr(h->node, "outbound", ""));
	const struct node *proxy =
	    map_get(h->node->world->nodes, str_cut(names, ' ', &names));

	if (proxy != NULL)
		put_addr(out, "outbound", &node_face_for(proxy, h->node)->addr,
		    true);
}

/* Where each domain is: what a phone's administrator writes into it, since it
 * asks no name server. */
static void
put_hosts(const struct handset *h, struct buf *out)
{
	struct buf list = BUF_INIT;
	size_t at = 0;
	struct str domain;
	void *value;

	while (map_next(h->node->world->domains, &at, &domain, &value)) {
		const struct node *entry = value;

		if (node_face_for(entry, h->node)->addr.len != 4)
			continue;
		buf_printf(
		    &list, "%s%.*s=", list.n > 0 ? " " : "", STR_ARG(domain));
		addr_write(&node_face_for(entry, h->node)->addr, &list);
	}
	if (list.err != 0)
		out->err = list.err;
	else if (list.n > 0)
		put_word(out, "hosts", buf_cstr(&list));
	buf_free(&list);
}

static void
put_seconds(const struct handset *h, const char *key, struct buf *out)
{
	const char *text = node_attr(h->node, key, NULL);
	char number[24];
	int64_t ns;

	if (text == NULL)
		return;
	if (param_time(str_of(text), &ns) == 0) {
		snprintf(number, sizeof(number), "%" PRId64, ns / SIM_S);
		text = number;
	}
	put_word(out, key, text);
}

static void
put_seed(const struct handset *h, struct buf *out)
{
	const struct node *n = h->node;
	char purpose[32], text[17];
	struct rng r;

	snprintf(purpose, sizeof(purpose), "board/%u", n->lives);
	rng_init(&r, sim_seed(node_sim(n)), n->name, purpose);
	snprintf(text, sizeof(text), "%016" PRIx64, rng_u64(&r));
	put_word(out, "seed", text);
}

/* The firmware's command line (docs/HANDSET.md).  0, ERR_NOMEM, or ERR_LIMIT:
 * it is too long. */
static int
handset_config(const struct handset *h, struct buf *out)
{
	const struct node *n = h->node;
	char *aor = node_aor(n);

	if (aor == NULL)
		return ERR_NOMEM;
	put_addr(out, "ip", node_addr(n), node_addr(n)->port != ADDR_PORT_SIP);
	put_addr(out, "gw", &h->gateway, false);
	put_word(out, "aor", aor);
	mem_free(aor);
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (node_attr(n, plain[i].attr, NULL) != NULL)
			put_word(
			    out, plain[i].key, node_attr(n, plain[i].attr, ""));
	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
		if (node_attr_bool(n, switches[i], false))
			put_word(out, switches[i], "yes");
	put_outbound(h, out);
	put_hosts(h, out);
	put_seconds(h, "expires", out);
	put_seconds(h, "answer", out);
	put_seed(h, out);
	if (out->err != 0)
		return ERR_NOMEM;
	return out->n < S3C_CMDLINE_MAX ? 0 : ERR_LIMIT;
}

/* An attribute of its own form, or what the table of attributes says where
 * there is none. */
static uint64_t
read_setting(const struct node *n, const char *name,
    int (*read)(struct str text, uint64_t *value), uint64_t fallback)
{
	const char *text = node_attr(n, name, NULL);
	uint64_t v;

	return text != NULL && read(str_of(text), &v) == 0 ? v : fallback;
}

/* All that the phone sends goes there; any address but its own does. */
static struct addr
gateway_of(const struct node *n)
{
	struct addr a = *node_addr(n);

	a.port = 0;
	a.ip[3] = a.ip[3] == 254 ? 253 : 254;
	return a;
}

/* What others of the world run already, or the file read anew. */
static int
find_image(const struct handset *h, struct image **im, struct diag *d)
{
	const struct node *n = h->node;
	struct str elf = n->firmware.n > 0 ? n->firmware : handset_image();

	list_each (const struct handset, o, &n->world->boards, link) {
		if (o->node->firmware.p == n->firmware.p) {
			*im = board_image(o->board);
			ref_keep(*im);
			return 0;
		}
	}
	return image_create(im, elf, d);
}

static int
make_board(struct handset *h, struct image *im, struct diag *d)
{
	const struct node *n = h->node;
	struct buf cmdline = BUF_INIT;
	struct board_config config = {
		.image = im,
		.clock_hz =
		    read_setting(n, "clock", param_frequency, BOARD_CLOCK_HZ),
		.cpi = (uint32_t)read_setting(n, "cpi", param_milli, BOARD_CPI),
		.ram =
		    (uint32_t)read_setting(n, "ram", param_size, S3C_SDRAM_MAX),
		.epoch_s = n->world->date.epoch_s + n->world->date.ahead_s,
		.start_ns = sim_now(node_sim(n)),
		.cause = h->boot,
	};
	int err = handset_config(h, &cmdline);

	h->clock_hz = config.clock_hz;
	h->cpi = config.cpi;
	/* whole pages */
	config.ram &= ~UINT32_C(4095);
	memcpy(config.mac, h->mac, sizeof(h->mac));
	config.cmdline = buf_view(&cmdline);
	if (err == ERR_LIMIT)
		diag_set(d, err, NULL, 0,
		    _("what its firmware is told is longer than %u bytes"),
		    S3C_CMDLINE_MAX);
	if (err == 0)
		err = handset_media_speak(h, &config);
	if (err == 0)
		err = board_create(&h->board, &config, d);
	buf_free(&cmdline);
	return err;
}

/* What tells its frames from others': the host's part of its address, so that
 * it has the same after a restart. */
static uint32_t
frame_number(const struct node *n)
{
	const uint8_t *ip = node_addr(n)->ip;

	return (uint32_t)ip[1] << 16 | (uint32_t)ip[2] << 8 | ip[3];
}

static void
destroy(struct handset *h)
{
	board_destroy(h->board);
	mem_free(h->keys);
	mem_free(h->sound);
	mem_free(h);
}

static int
handset_start(struct node *n, void **role)
{
	struct handset *h = mem_zalloc(1, sizeof(*h));
	struct diag d = DIAG_INIT;
	struct image *im = NULL;
	int err;

	if (h == NULL)
		return ERR_NOMEM;
	h->node = n;
	h->number = frame_number(n);
	h->gateway = gateway_of(n);
	h->cause = sim_cause(node_sim(n));
	h->booted = h->cause;
	h->boot = (uint32_t)h->booted;
	list_init(&h->link);
	list_init(&h->line);
	list_init(&h->streams);
	h->told_at = -1;
	frame_mac(h->number, h->mac);
	err = find_image(h, &im, &d);
	if (err == 0)
		err = make_board(h, im, &d);
	ref_drop(im);
	if (err != 0) {
		if (d.text[0] != '\0')
			sim_fail(node_sim(n), err, "%s", d.text);
		destroy(h);
		return err;
	}
	handset_net_open(h);
	handset_clock_join(h);
	*role = h;
	return 0;
}

static void
handset_stop(void *role)
{
	struct handset *h = role;

	handset_verbs_stop(h);
	handset_clock_leave(h);
	handset_net_close(h);
	destroy(h);
}

NODE_ROLE(handset) = {
	.word = "handset",
	.start = handset_start,
	.stop = handset_stop,
	.screen = handset_screen,
	.verbs = handset_verbs,
};
