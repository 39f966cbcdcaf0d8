/*
 * The life of a handset: switching it on makes a board with the firmware in it;
 * a crash, or switching it off, takes the board away.
 */
#include "roles/handset/handset_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/ref.h"
#include "roles/handset/handset_image.h"

#include <string.h>

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

/* What others of the world run already, or the file read again. */
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
	LOCAL_BUF cmdline = BUF_INIT;
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
		.turns = node_attr_bool(n, "loop", false),
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
		    _("the settings for its firmware are longer than %u bytes"),
		    S3C_CMDLINE_MAX);
	if (err == 0)
		err = handset_media_speak(h, &config);
	if (err == 0)
		err = board_create(&h->board, &config, d);
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

static int
handset_start(struct node *n, void *role)
{
	struct handset *h = role;
	struct diag d = DIAG_INIT;
	struct image *im = NULL;
	int err;

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
	if (err == 0) {
		handset_net_open(h);
		handset_clock_join(h);
		handset_turns_start(h);
	} else if (d.text[0] != '\0') {
		sim_fail(node_sim(n), err, "%s", d.text);
	}
	return err;
}

static void
handset_stop(void *role)
{
	struct handset *h = role;

	if (h->board != NULL) {
		handset_verbs_stop(h);
		handset_clock_leave(h);
		handset_net_close(h);
	}
	board_destroy(h->board);
	mem_free(h->keys);
	mem_free(h->sound);
}

NODE_ROLE(handset) = {
	.word = "handset",
	.size = sizeof(struct handset),
	.start = handset_start,
	.stop = handset_stop,
	.screen = handset_screen,
	.verbs = handset_verbs,
};
