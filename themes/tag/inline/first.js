try{const s=localStorage,d=document.documentElement.dataset;if(s.theme)d.theme=s.theme;if(s.banners)d.banners=s.banners}catch{}
