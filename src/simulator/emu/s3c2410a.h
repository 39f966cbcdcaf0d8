/*
 * Addresses and bits of the emulated board, for the emulator
 * (src/simulator/emu) and the firmware that runs on it
 * (src/simulator/firmware): macros alone.
 *
 * Register names, addresses and bits: Samsung S3C2410A 32-Bit RISC
 * Microprocessor, User's Manual, revision 1.0, the chapter named at each block.
 * Ethernet: Cirrus Logic CS8900A data sheet (DS271), sections 4.4 (PacketPage)
 * and 4.10 (I/O space).  The board around the chip (keypad, panel, Ethernet
 * line) is our own, after the SMDK2410 reference board.  The probe is not part
 * of the chip: an observer's port in the manner of an instrumentation trace
 * port, which reads as zero where there is none.
 */
#ifndef EMU_S3C2410A_H
#define EMU_S3C2410A_H

/* ---- memory (chapter 5) ---- */
#define S3C_VECTORS   0x00000000u /* stepping stone */
#define S3C_VECTORS_N 0x00001000u
#define S3C_ETHERNET  0x19000300u /* nGCS3: CS8900A, I/O space, 16 bytes */
#define S3C_SDRAM     0x30000000u /* nGCS6 */
#define S3C_SDRAM_MAX 0x04000000u /* 64 MB */
#define S3C_ATAGS     0x30000100u /* what the boot loader passes, in r2 */
#define S3C_XTAL_HZ   12000000u

/* Tagged list (ATAG), as ARM boot loaders pass it: words of size (in words,
 * header included) and tag, then data. */
#define S3C_ATAG_NONE    0x00000000u
#define S3C_ATAG_CORE    0x54410001u
#define S3C_ATAG_MEM     0x54410002u /* size in bytes, start */
#define S3C_ATAG_CMDLINE 0x54410009u /* text with its NUL */
#define S3C_CMDLINE_MAX  4096u

/* ---- registers, by chapters ---- */

/* 14: interrupt controller */
#define S3C_SRCPND    0x4A000000u
#define S3C_INTMOD    0x4A000004u
#define S3C_INTMSK    0x4A000008u /* 1: masked */
#define S3C_INTPND    0x4A000010u /* write 1 clears */
#define S3C_INTOFFSET 0x4A000014u
#define S3C_SUBSRCPND 0x4A000018u
#define S3C_INTSUBMSK 0x4A00001Cu

#define S3C_INT_EINT0    0
#define S3C_INT_EINT4_7  4
#define S3C_INT_EINT8_23 5
#define S3C_INT_TICK     8
#define S3C_INT_WDT      9
#define S3C_INT_TIMER0   10
#define S3C_INT_TIMER4   14
#define S3C_INT_DMA0     17
#define S3C_INT_UART0    28
#define S3C_SUB_TXD0     0x2u

/* 8: DMA; channel N at S3C_DMA(N) */
#define S3C_DMA(n)        (0x4B000000u + 0x40u * (n))
#define S3C_DMA_DISRC     0x00u
#define S3C_DMA_DISRCC    0x04u
#define S3C_DMA_DIDST     0x08u
#define S3C_DMA_DIDSTC    0x0Cu
#define S3C_DMA_DCON      0x10u /* TC in bits 19..0, DSZ 21..20 */
#define S3C_DMA_DSTAT     0x14u
#define S3C_DMA_DCSRC     0x18u
#define S3C_DMA_DCDST     0x1Cu
#define S3C_DMA_DMASKTRIG 0x20u
#define S3C_DMA_IIS_OUT   2 /* HWSRCSEL 0: I2SSDO */
#define S3C_DMA_IIS_IN    1 /* HWSRCSEL 2: I2SSDI */

/* 7: clock and power */
#define S3C_LOCKTIME    0x4C000000u
#define S3C_MPLLCON     0x4C000004u /* MDIV 19..12, PDIV 9..4, SDIV 1..0 */
#define S3C_CLKCON      0x4C00000Cu /* bit 2: IDLE */
#define S3C_CLKSLOW     0x4C000010u
#define S3C_CLKDIVN     0x4C000014u /* bit 1: HDIVN, bit 0: PDIVN */
#define S3C_CLKCON_IDLE 0x4u

/* 15: LCD controller */
#define S3C_LCDCON1       0x4D000000u /* PNRMODE 6..5, BPPMODE 4..1, ENVID 0 */
#define S3C_LCDCON2       0x4D000004u /* LINEVAL 23..14 */
#define S3C_LCDCON3       0x4D000008u /* HOZVAL 18..8 */
#define S3C_LCDCON4       0x4D00000Cu
#define S3C_LCDCON5       0x4D000010u
#define S3C_LCDSADDR1     0x4D000014u /* LCDBANK 29..21, LCDBASEU 20..0 */
#define S3C_LCDSADDR2     0x4D000018u
#define S3C_LCDSADDR3     0x4D00001Cu
#define S3C_LCDCON1_ENVID 0x1u
#define S3C_LCD_STN4      0x1u /* PNRMODE: 4-bit single scan */
#define S3C_LCD_TFT       0x3u
#define S3C_LCD_1BPP      0x0u /* BPPMODE for STN: 1 bit, monochrome */
#define S3C_LCD_16BPP     0xCu /* BPPMODE for TFT: 5:6:5 */

/* 11: UART 0 */
#define S3C_ULCON0 0x50000000u
#define S3C_UCON0  0x50000004u
#define S3C_UFCON0 0x50000008u
#define S3C_UMCON0 0x5000000Cu
#define S3C_UTRSTAT0                                            \
	0x50000010u /* bit 2: all sent, 1: buffer empty, 0: got \
		     */
#define S3C_UTXH0   0x50000020u
#define S3C_UBRDIV0 0x50000028u

/* 10: PWM timers; timer N at S3C_TCNTB(N); 4 has no TCMPB */
#define S3C_TCFG0          0x51000000u
#define S3C_TCFG1          0x51000004u
#define S3C_TCON           0x51000008u
#define S3C_TCNTB(n)       (0x5100000Cu + 0x0Cu * (n))
#define S3C_TCNTB4         0x5100003Cu
#define S3C_TCON_T4_START  (1u << 20)
#define S3C_TCON_T4_UPDATE (1u << 21)
#define S3C_TCON_T4_RELOAD (1u << 22)

/* 18: watchdog */
#define S3C_WTCON       0x53000000u
#define S3C_WTDAT       0x53000004u
#define S3C_WTCNT       0x53000008u
#define S3C_WTCON_ON    0x20u
#define S3C_WTCON_RESET 0x01u

/* 21: IIS */
#define S3C_IISCON  0x55000000u
#define S3C_IISMOD  0x55000004u
#define S3C_IISPSR  0x55000008u
#define S3C_IISFCON 0x5500000Cu
#define S3C_IISFIFO 0x55000010u

/* 9: ports.  The keypad is a matrix: rows are outputs GPG0..GPG4, low when
 * driven; columns are inputs GPF0..GPF3 with pull-ups, EINT0..EINT3, low while
 * a key of a driven row is held.  The Ethernet controller is on EINT9 (GPG1 of
 * the chip; on this board the line is EINT9 all the same). */
#define S3C_GPFCON   0x56000050u
#define S3C_GPFDAT   0x56000054u
#define S3C_GPFUP    0x56000058u
#define S3C_GPGCON   0x56000060u
#define S3C_GPGDAT   0x56000064u
#define S3C_EXTINT0  0x56000088u
#define S3C_EINTMASK 0x560000A4u
#define S3C_EINTPEND 0x560000A8u
#define S3C_GSTATUS1 0x560000B0u /* chip id */
#define S3C_GSTATUS2 \
	0x560000B4u /* bit 2: watchdog reset, 1: wake, 0: power on */
#define S3C_CHIP_ID       0x32410002u
#define S3C_EINT_ETHERNET 9

/* 17: real-time clock, BCD, bytes in words */
#define S3C_RTCCON  0x57000040u
#define S3C_TICNT   0x57000044u
#define S3C_BCDSEC  0x57000070u
#define S3C_BCDMIN  0x57000074u
#define S3C_BCDHOUR 0x57000078u
#define S3C_BCDDATE 0x5700007Cu
#define S3C_BCDMON  0x57000084u
#define S3C_BCDYEAR 0x57000088u

/* ---- keypad: X(ID, row, column, name in scripts) ---- */
/* clang-format off */
#define HANDSET_KEYS(X)                                                        \
	X(1, 0, 0, "1") X(2, 0, 1, "2") X(3, 0, 2, "3") X(SOFT1, 0, 3, "soft1") \
	X(4, 1, 0, "4") X(5, 1, 1, "5") X(6, 1, 2, "6") X(SOFT2, 1, 3, "soft2") \
	X(7, 2, 0, "7") X(8, 2, 1, "8") X(9, 2, 2, "9") X(UP, 2, 3, "up")      \
	X(STAR, 3, 0, "*") X(0, 3, 1, "0") X(HASH, 3, 2, "#") X(DOWN, 3, 3, "down") \
	X(CALL, 4, 0, "call") X(END, 4, 1, "end") X(CLEAR, 4, 2, "clear") X(OK, 4, 3, "ok")
/* clang-format on */
#define HANDSET_ROWS 5
#define HANDSET_COLS 4

/* ---- CS8900A: offsets in its I/O space, 16 bits each (4.10) ---- */
#define CS_DATA   0x0u /* receive and transmit data */
#define CS_TXCMD  0x4u
#define CS_TXLEN  0x6u
#define CS_ISQ    0x8u
#define CS_PP     0xAu /* PacketPage pointer */
#define CS_PPDATA 0xCu
/* PacketPage (4.4) */
#define CS_PP_ID           0x0000u /* 0x630E */
#define CS_PP_RXCFG        0x0102u
#define CS_PP_RXCTL        0x0104u
#define CS_PP_TXCFG        0x0106u
#define CS_PP_BUFCFG       0x010Au
#define CS_PP_LINECTL      0x0112u
#define CS_PP_SELFCTL      0x0114u
#define CS_PP_BUSCTL       0x0116u
#define CS_PP_RXEVENT      0x0124u
#define CS_PP_TXEVENT      0x0128u
#define CS_PP_BUFEVENT     0x012Cu
#define CS_PP_RXMISS       0x0130u
#define CS_PP_SELFST       0x0136u
#define CS_PP_BUSST        0x0138u
#define CS_PP_IA           0x0158u /* MAC address, three words, low byte first */
#define CS_ID              0x630Eu
#define CS_RXCFG_RXOKIE    0x0100u
#define CS_RXCFG_SKIP      0x0040u
#define CS_RXCTL_OK        0x0100u
#define CS_RXCTL_IA        0x0400u
#define CS_RXCTL_BROADCAST 0x0800u
#define CS_RXEVENT_OK      0x0100u
#define CS_LINECTL_RXON    0x0040u
#define CS_LINECTL_TXON    0x0080u
#define CS_SELFCTL_RESET   0x0040u
#define CS_SELFST_INITD    0x0080u
#define CS_BUSCTL_IRQ      0x8000u
#define CS_BUSST_RDY4TX    0x0100u
#define CS_TXCMD_ALL       0x00C0u /* start when all of it is there */
#define CS_RX_FRAMES       4u      /* frames the chip holds; more are missed */
#define CS_FRAME_MIN       60u
#define CS_FRAME_MAX       1514u

/* ---- the probe ---- */
#define PROBE_BASE 0x60000000u
#define PROBE_ID   0x60000000u /* reads 0x50524F42 where there is one, else 0 */
/* What the present work is for: the observer's number of the frame, key or
 * report at hand.  A timer keeps the number and writes it back when it fires.
 */
#define PROBE_CAUSE 0x60000004u
/* How many calls and transactions live, refreshes aside: while it is not 0, a
 * run without a duration goes on. */
#define PROBE_HOLD 0x60000008u
/* Address of a NUL-terminated line "WORD rest": what the phone reports. */
#define PROBE_REPORT 0x6000000Cu
#define PROBE_HEAP   0x60000010u /* most bytes of heap in use so far */
#define PROBE_STACK  0x60000014u /* most bytes of stack in use so far */
#define PROBE_MAGIC  0x50524F42u

#endif
