// Copyright (c) 2026, streamops.live contributors
// GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person would see go wrong on a page: parts that stick out, text that is hard to read, structure that is not there.
(() => {
  const hidden = (element) => element.closest('.skip, .unseen') || !element.getClientRects().length;
  const named = (element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 40)}`;
  const elements = [...document.body.querySelectorAll('*')].filter((element) => !hidden(element));
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const contrast = (element) => {
    const [low, high] = [getComputedStyle(element).color, ground(element)].map(luminance).sort((one, other) => one - other);
    return (high + 0.05) / (low + 0.05);
  };
  const writes = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const headings = [...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1]));
  return {
    width: innerWidth,
    scrolls: document.documentElement.scrollWidth,
    sticking_out: elements.filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5
      || element.getBoundingClientRect().left < -0.5).map(named),
    cut_off: elements.filter((element) => element.scrollWidth > element.clientWidth + 1
      && getComputedStyle(element).display !== 'inline' && !element.matches('.track')).map(named),
    hard_to_read: elements.filter((element) => writes(element) && contrast(element) < 4.5).map(named),
    ground: getComputedStyle(document.body).backgroundColor,
    landmarks: ['header', 'main', 'footer'].map((name) => document.querySelectorAll(`body > ${name}`).length),
    unnamed_sections: [...document.querySelectorAll('section, article')]
      .filter((part) => !document.getElementById(part.getAttribute('aria-labelledby'))?.textContent.trim()).map(named),
    skipped_headings: headings.filter((level, number) => level > (headings[number - 1] ?? 0) + 1),
    tables_without_caption: [...document.querySelectorAll('table')].filter((table) => !table.caption).map(named),
    wordless_marks: [...document.querySelectorAll('.badge')].filter((mark) => mark.textContent.trim().length < 3).map(named),
    language: document.documentElement.lang,
    active: document.querySelectorAll('script, iframe, object, [src], link[rel=stylesheet]').length,
    text: document.body.innerText,
  };
})()
