'use strict';
(function () {
  var D = JSON.parse(document.getElementById('data').textContent), T = D.texts, N = D.nodes;
  var ROW = 20, flame = document.getElementById('flame'), canvas = document.createElement('canvas'), space = document.createElement('div');
  flame.appendChild(canvas); flame.appendChild(space);
  var g = canvas.getContext('2d'), tip = document.getElementById('tip'), box = document.getElementById('search'), said = document.getElementById('found');
  var dark = matchMedia('(prefers-color-scheme: dark)'), size = N.f.length, x = new Float64Array(size), rows = [], parent = new Int32Array(size), zoom = 0, found = null;

  // The children of a node stand side by side from its left edge, in the order of the list.
  (function place() {
    var next = [0], last = [];
    for (var n = 0; n < size; n++) {
      var d = N.d[n];
      parent[n] = d ? last[d - 1] : -1;
      x[n] = next[d] || 0; next[d] = x[n] + N.t[n]; next[d + 1] = x[n]; last[d] = n;
      (rows[d] = rows[d] || []).push(n);
    }
  })();

  function digits(v) { return v >= 999.5 ? Math.round(v).toLocaleString('en') : v >= 99.95 ? v.toFixed(0) : v >= 9.995 ? v.toFixed(1) : v.toFixed(2); }
  function time(s) {
    var a = Math.abs(s), m = s < 0 ? '−' : '';
    return a === 0 ? '0 s' : a >= 0.9995 ? m + digits(a) + ' s' : a >= 0.9995e-3 ? m + digits(a * 1e3) + ' ms' : a >= 0.9995e-6 ? m + digits(a * 1e6) + ' µs' : m + digits(a * 1e9) + ' ns';
  }
  function bytes(v) {
    var u = ['B', 'KiB', 'MiB', 'GiB', 'TiB'], i = 0, a = Math.abs(v);
    while (a >= 1023.5 && i < 4) { a /= 1024; i++; }
    return (v < 0 ? '−' : '') + (i ? digits(a) : Math.round(a)) + ' ' + u[i];
  }
  function cost(v) {
    if (v === null) return '–';
    return D.unit === 'bytes' ? bytes(v) : D.scale ? time(v * D.scale) : (v === Math.round(v) ? v.toLocaleString('en') : digits(v));
  }
  function share(v) { return D.total > 0 ? (v / D.total * 100).toFixed(1) + ' %' : '–'; }
  function fill(text, values) { return text.replace(/\{(\d)\}/g, function (_, i) { return values[i]; }); }
  function name(n) { var f = N.f[n]; return f >= 0 ? D.functions[f].n : n === 0 ? T.all : D.specials[-1 - f] || T.other; }
  function color(n) { var f = N.f[n]; return f >= 0 ? D.palette[D.functions[f].c][dark.matches ? 1 : 0] : dark.matches ? '#454a52' : '#dfe2e6'; }
  function inexact(n) { return N.lo && N.hi[n] - N.lo[n] > 1e-6 * Math.abs(N.hi[n]); }
  function ink(hex) {
    var l = [1, 3, 5].map(function (i) { var c = parseInt(hex.substr(i, 2), 16) / 255; return c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4); });
    return .2126 * l[0] + .7152 * l[1] + .0722 * l[2] > .22 ? '#16191d' : '#ffffff';
  }
  function hatch(light) {
    var c = document.createElement('canvas'); c.width = c.height = 8;
    var h = c.getContext('2d'); h.strokeStyle = light ? '#ffffff77' : '#00000077'; h.lineWidth = 2;
    h.beginPath(); h.moveTo(-2, 10); h.lineTo(10, -2); h.moveTo(-2, 2); h.lineTo(2, -2); h.moveTo(6, 10); h.lineTo(10, 6); h.stroke();
    return g.createPattern(c, 'repeat');
  }
  function style(variable) { return getComputedStyle(document.documentElement).getPropertyValue(variable).trim(); }

  function view() { return { from: x[zoom], width: N.t[zoom] || 1 }; }
  function draw() {
    var ratio = window.devicePixelRatio || 1, w = flame.clientWidth, h = flame.clientHeight;
    canvas.style.height = h + 'px';
    space.style.height = Math.max(0, rows.length * ROW - h) + 'px';
    if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) { canvas.width = Math.round(w * ratio); canvas.height = Math.round(h * ratio); }
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.fillStyle = style('--back'); g.fillRect(0, 0, w, h);
    g.font = '12px Inter, "Segoe UI", Arial, sans-serif'; g.textBaseline = 'middle';
    var v = view(), scale = w / v.width, pattern = hatch(!dark.matches), match = style('--match');
    var first = Math.floor(flame.scrollTop / ROW), end = Math.min(rows.length, Math.ceil((flame.scrollTop + h) / ROW));
    for (var d = first; d < end; d++) {
      var y = d * ROW - flame.scrollTop, until = -1;
      rows[d].forEach(function (n) {
        var a = Math.max(0, (x[n] - v.from) * scale), b = Math.min(w, (x[n] + N.t[n] - v.from) * scale);
        if (b <= 0 || a >= w || b - a < 0.1 || b < until) return;
        var wide = Math.max(0.5, b - a - (b - a > 2 ? 0.5 : 0)), c = color(n);
        until = a + 0.5;
        g.globalAlpha = found && !found[N.f[n]] ? 0.35 : 1;
        g.fillStyle = found && found[N.f[n]] ? match : c; g.fillRect(a, y, wide, ROW - 1);
        if (inexact(n) && wide > 3) { g.fillStyle = pattern; g.fillRect(a, y, wide, ROW - 1); }
        g.globalAlpha = 1;
        if (wide < 24) return;
        var text = (inexact(n) ? '≈ ' : '') + name(n), room = Math.floor((wide - 8) / 6.2);
        g.fillStyle = found && !found[N.f[n]] ? style('--muted') : ink(found && found[N.f[n]] ? match : c);
        g.fillText(text.length > room ? text.slice(0, Math.max(0, room - 1)) + '…' : text, a + 4, y + ROW / 2);
      });
    }
  }
  function at(event) {
    var r = canvas.getBoundingClientRect(), v = view(), d = Math.floor((event.clientY - r.top + flame.scrollTop) / ROW), p = v.from + (event.clientX - r.left) / r.width * v.width;
    var row = rows[d] || [];
    for (var i = 0; i < row.length; i++) if (p >= x[row[i]] && p < x[row[i]] + N.t[row[i]]) return row[i];
    return -1;
  }
  function about(n) {
    var f = N.f[n] >= 0 ? D.functions[N.f[n]] : null, lines = [name(n)];
    if (f && f.p) lines.push(f.p);
    lines.push(T.total + ': ' + (inexact(n) ? '≈ ' : '') + cost(N.t[n]) + ' (' + share(N.t[n]) + ')');
    if (inexact(n)) lines.push(fill(T.between, [cost(N.lo[n]), cost(N.hi[n])]));
    lines.push(T.self + ': ' + cost(N.s[n]) + ' (' + share(N.s[n]) + ')');
    if (f && f.k !== null) lines.push(T.calls + ': ' + f.k);
    return lines.join('\n');
  }
  canvas.addEventListener('mousemove', function (event) {
    var n = at(event);
    tip.style.display = n < 0 ? 'none' : 'block';
    if (n < 0) return;
    tip.textContent = about(n);
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)) + 'px';
    tip.style.top = Math.max(4, Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)) + 'px';
  });
  canvas.addEventListener('mouseleave', function () { tip.style.display = 'none'; });
  canvas.addEventListener('click', function (event) { var n = at(event); if (n >= 0) { zoom = n === zoom ? Math.max(0, parent[n]) : n; draw(); } });
  flame.addEventListener('scroll', draw);
  window.addEventListener('resize', draw);
  dark.addEventListener('change', function () { legend(); draw(); });
  function reset() { zoom = 0; flame.scrollTop = 0; draw(); }
  document.getElementById('reset').addEventListener('click', reset);
  document.addEventListener('keydown', function (event) { if (event.key === 'Escape') { if (event.target === box) { box.value = ''; search(); } else reset(); } });

  function search() {
    var q = box.value.trim().toLowerCase();
    found = null; said.textContent = '';
    if (q) {
      found = {};
      D.functions.forEach(function (f, i) { if (f.n.toLowerCase().indexOf(q) >= 0 || (f.p && f.p.toLowerCase().indexOf(q) >= 0)) found[i] = true; });
      var sum = 0, covered = -1;
      for (var n = 1; n < size; n++) {
        if (covered >= 0 && N.d[n] > covered) continue;
        covered = -1;
        if (found[N.f[n]]) { sum += N.t[n]; covered = N.d[n]; }
      }
      said.textContent = fill(T.found, [Object.keys(found).length, cost(sum), share(sum)]);
    }
    draw(); table();
  }
  box.addEventListener('input', search);

  var body = document.querySelector('tbody'), sort = 's', down = true;
  var columns = [['n', T.fn, true], ['s', T.self], ['t', T.total], ['k', T.calls], ['p', T.file, true]];
  (function head() {
    var row = document.querySelector('thead tr');
    columns.forEach(function (c) {
      if (c[0] === 'k' && !D.calls) return;
      var th = document.createElement('th'), b = document.createElement('button');
      th.scope = 'col'; th.dataset.key = c[0]; if (c[2]) th.className = 'text';
      b.textContent = c[1];
      b.addEventListener('click', function () { down = sort === c[0] ? !down : !c[2]; sort = c[0]; table(); });
      th.appendChild(b); row.appendChild(th);
    });
  })();
  function table() {
    document.querySelectorAll('th').forEach(function (th) { th.setAttribute('aria-sort', th.dataset.key === sort ? (down ? 'descending' : 'ascending') : 'none'); });
    var list = D.functions.map(function (_, i) { return i; }).filter(function (i) { return D.functions[i].r && (!found || found[i]); });
    list.sort(function (a, b) {
      var p = D.functions[a][sort], q = D.functions[b][sort];
      var order = typeof p === 'number' && typeof q === 'number' ? p - q : String(p || '').localeCompare(String(q || ''));
      return down ? -order : order;
    });
    body.textContent = '';
    var part = document.createDocumentFragment();
    list.slice(0, 1000).forEach(function (i) {
      var f = D.functions[i], tr = document.createElement('tr');
      columns.forEach(function (c) {
        if (c[0] === 'k' && !D.calls) return;
        var td = document.createElement('td'), v = f[c[0]];
        td.className = (c[2] ? 'text' : '') + (c[0] === 'p' ? ' file' : '');
        td.textContent = c[0] === 's' || c[0] === 't' ? cost(v) + '  ' + share(v) : v === null || v === undefined ? '' : typeof v === 'number' ? v.toLocaleString('en') : v;
        tr.appendChild(td);
      });
      part.appendChild(tr);
    });
    body.appendChild(part);
    document.getElementById('rows').textContent = list.length > 1000 ? fill(T.rows, [1000, list.length]) : '';
  }
  function legend() {
    var at = document.getElementById('legend');
    at.textContent = '';
    D.legend.forEach(function (entry) {
      var span = document.createElement('span'), patch = document.createElement('i');
      patch.style.background = entry.c[dark.matches ? 1 : 0];
      span.appendChild(patch); span.appendChild(document.createTextNode(entry.t)); at.appendChild(span);
    });
  }
  legend(); draw(); table();
})();
