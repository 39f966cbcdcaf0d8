/* The table of devices, in the order in which they are reset and in which what
 * they do at one instant is done. */
#include "emu/device.h"

#include <stddef.h>

const struct device *const devices[] = {
	&device_intc,
	&device_power,
	&device_memctl,
	&device_timers,
	&device_watchdog,
	&device_rtc,
	&device_dma,
	&device_iis,
	&device_uart,
	&device_gpio,
	&device_lcd,
	&device_cs8900,
	&device_probe,
	NULL,
};
