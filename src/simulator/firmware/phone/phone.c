/*
 * The phone's life: it handles due events, then sleeps until the next one.
 * There is no tick: an idle phone wakes when its clock shows another minute
 * (the watchdog is the board's while it sleeps).
 */
#include "firmware/phone/phone.h"

#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

static void
on_link_datagram(const struct where *from, uint16_t own_port,
    const uint8_t *data, size_t n, void *arg)
{
	struct phone *phone = arg;

	if (own_port == phone->config.own.port)
		sip_receive(&phone->sip, from, data, n);
	else
		media_receive(&phone->media, own_port, data, n);
}

static void
start_sip(struct phone *phone)
{
	phone->link = link_create(&phone->config, on_link_datagram, phone);
	link_bind(phone->link, phone->config.own.port);
	phone->sip = (struct sip){
		.config = &phone->config,
		.link = phone->link,
		.rng = &phone->rng,
		.timers = &phone->timers,
		.ops = &agent_ops,
		.arg = phone,
	};
	sip_start(&phone->sip);
}

struct phone *
phone_create(void)
{
	struct phone *phone;

	heap_install();
	phone = heap_get(sizeof(*phone));
	config_read(&phone->config, hal_config());
	settings_start(&phone->settings, &phone->config);
	/* The boot loader's seed is the same after a reset, the hour is not:
	 * no Call-ID or branch may come again (RFC 3261 8.1.1.4, 8.1.1.7). */
	phone->rng.state = phone->config.seed + hal_clock_s();
	report_log("boot", phone->config.aor);
	if (hal_was_reset())
		report_log("reset by the watchdog", NULL);
	screens_start(phone);
	screens_draw(phone);
	tones_start(&phone->tones, &phone->timers);
	start_sip(phone);
	media_start(&phone->media, phone);
	registration_start(&phone->registration, phone);
	return phone;
}

void
phone_destroy(struct phone *phone)
{
	for (unsigned i = 0; i < PHONE_CALLS; i++)
		if (phone->calls[i].state != CALL_IDLE)
			call_over(&phone->calls[i], TEXT_NONE);
	referral_stop(phone);
	registration_stop(&phone->registration);
	sip_stop(&phone->sip);
	link_destroy(phone->link);
	history_clear(&phone->dialled);
	history_clear(&phone->missed);
	history_clear(&phone->messages);
	heap_put(phone);
}

/* ---- a turn ---- */

static enum tone
wanted_tone(struct phone *phone)
{
	const struct call *active = phone->active;

	if (phone->media.call != NULL)
		return TONE_NONE;
	for (unsigned i = 0; i < PHONE_CALLS; i++)
		if (call_rings(&phone->calls[i]) &&
		    call_other(phone, &phone->calls[i]) == NULL)
			return TONE_RING;
	return active != NULL && active->outgoing && active->state == CALL_EARLY
		   ? TONE_RINGBACK
		   : TONE_NONE;
}

/* What keeps a run of the observer's going. */
static void
tell_held(struct phone *phone)
{
	unsigned n = sip_alive(&phone->sip);

	for (unsigned i = 0; i < PHONE_CALLS; i++)
		n += phone->calls[i].state != CALL_IDLE;
	if (n != phone->held)
		hal_hold(n);
	phone->held = n;
}

uint64_t
phone_step(struct phone *phone)
{
	uint64_t due, link;
	enum hal_key key;

	hal_watchdog();
	while (link_poll(phone->link))
		continue;
	while ((key = hal_key()) != HAL_KEY_NONE)
		screens_key(phone, key);
	timers_run(&phone->timers);
	media_follow(&phone->media);
	tones_play(&phone->tones, wanted_tone(phone));
	media_run(&phone->media);
	tones_run(&phone->tones);
	screens_draw(phone);
	tell_held(phone);
	due = timers_next(&phone->timers);
	link = link_next(phone->link);
	return link < due ? link : due;
}

_Noreturn void
phone_main(void)
{
	struct phone *phone = phone_create();

	for (;;)
		hal_wait(phone_step(phone));
}
