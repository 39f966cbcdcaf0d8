/* The link over src/simulator/firmware/net. */
#include "firmware/phone/link.h"

#include "firmware/hal.h"
#include "firmware/net/net.h"
#include "firmware/phone/heap.h"
#include "firmware/phone/timers.h"

struct link {
	link_fn receive;
	void *arg;
	bool heard;       /* a datagram came in, ever */
	bool unreachable; /* and since then an error */
	uint8_t frame[HAL_FRAME_MAX];
};

static void
on_datagram(const struct net_datagram *d, void *arg)
{
	struct link *link = arg;
	struct where from = { d->src, d->src_port, false };

	link->heard = true;
	link->unreachable = false;
	link->receive(&from, d->dst_port, d->bytes, d->n, link->arg);
}

static void
on_unreachable(uint32_t dst, uint16_t dst_port, void *arg)
{
	struct link *link = arg;

	(void)dst;
	(void)dst_port;
	link->unreachable = true;
}

struct link *
link_create(const struct config *c, link_fn receive, void *arg)
{
	struct link *link = heap_get(sizeof(*link));

	link->receive = receive;
	link->arg = arg;
	net_init(hal_mac(), c->own.ip, c->gateway);
	return link;
}

void
link_bind(struct link *link, uint16_t port)
{
	net_udp_bind(port, on_datagram, on_unreachable, link);
}

void
link_destroy(struct link *link)
{
	heap_put(link);
}

bool
link_send(struct link *link, const struct where *to, uint16_t own_port,
    const void *data, size_t n)
{
	(void)link;
	return net_udp_send(to->ip, to->port, own_port, data, n);
}

bool
link_poll(struct link *link)
{
	size_t n = hal_frame_receive(link->frame);

	net_poll(link->frame, n);
	return n > 0;
}

uint64_t
link_next(const struct link *link)
{
	(void)link;
	return net_due_us();
}

unsigned
link_bars(const struct link *link)
{
	if (link->unreachable)
		return 1;
	return link->heard ? 4 : net_counts()->frames_in > 0 ? 2 : 0;
}
